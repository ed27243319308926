package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.CompressionSamples;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/guide/compression.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompressionGuideTest {
    private static final String LARGE = "x".repeat(5_000);

    private final Agent agent = new Agent();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void pollResponsesAreCompressedFromTheThresholdOn() throws Exception {
        try (Playground ground = new Playground(agent, CompressionSamples.polls(), server -> {})) {
            assertThat(coding(ground, server -> server.emit("a", LARGE))).isEqualTo("gzip");
            assertThat(coding(ground, server -> server.emit("a", "x".repeat(2_000))))
                    .isEmpty();
            assertThat(coding(ground, server -> server.compress(false).emit("a", LARGE)))
                    .isEmpty();
        }
        try (Playground ground = new Playground(agent, CompressionSamples.none(), server -> {})) {
            assertThat(coding(ground, server -> server.emit("a", LARGE))).isEmpty();
        }
    }

    /** The warning of the page: one response is one text. */
    @Test
    void aResponseWithOnePacketToCompressIsCompressed() throws Exception {
        try (Playground ground = new Playground(agent, server -> {})) {
            assertThat(coding(ground, server -> {
                        server.compress(false).emit("token", "secret");
                        server.emit("a", LARGE);
                    }))
                    .isEqualTo("gzip");
        }
    }

    @Test
    void webSocketsAreCompressedIfEnabled() throws Exception {
        try (Playground ground = new Playground(agent, CompressionSamples.webSockets(), server -> {})) {
            ground.run("compression", "negotiated").take("log", "[\"permessage-deflate\"]");
        }
        try (Playground ground = new Playground(agent, server -> {})) {
            ground.run("compression", "negotiated").take("log", "[\"\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void compressedAndOtherEventsArrive(String transport) throws Exception {
        ServerOptions options = CompressionSamples.webSockets();
        try (Playground ground =
                new Playground(agent, options, server -> CompressionSamples.events(server, user -> user + LARGE))) {
            Client one = ground.client("/", Map.of("transports", List.of(transport)));
            Client other = ground.client("/", Map.of("transports", List.of(transport)));
            agent.order("emitBytes", one.name(), "event", "photo", "bytes", new int[5_000]);
            assertThat(other.inbox.take("photo").get(0).path("data")).hasSize(5_000);
            one.emit("sign in", LARGE);
            assertThat(one.inbox.take("token").get(0).asString()).isEqualTo(LARGE + LARGE);
        }
    }

    /** Returns the coding of the response with packets that were emitted while no poll was pending. */
    private String coding(Playground ground, Consumer<SocketIoServer> emit) throws Exception {
        String target = ground.url() + "/socket.io/?EIO=4&transport=polling";
        String opened = text(send(target, null));
        target += "&sid=" + opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        send(target, "40");
        assertThat(text(send(target, null))).startsWith("40{");
        ground.socket();
        emit.accept(ground.server());
        HttpResponse<byte[]> answer = send(target, null);
        assertThat(text(answer)).contains("42[");
        return answer.headers().firstValue("Content-Encoding").orElse("");
    }

    private HttpResponse<byte[]> send(String target, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target)).header("Accept-Encoding", "gzip");
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) throws Exception {
        byte[] body = answer.body();
        if (answer.headers().firstValue("Content-Encoding").isPresent()) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        return new String(body, StandardCharsets.UTF_8);
    }
}
