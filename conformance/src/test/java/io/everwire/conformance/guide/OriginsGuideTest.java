package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.OriginSamples;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/guide/origins.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OriginsGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void pagesThatAreListed() throws Exception {
        try (Playground ground = new Playground(agent, OriginSamples.listed(), server -> {})) {
            assertAdmitted(ground, "https://app.example.com", "true");
            assertAdmitted(ground, "https://staging.example.com:8443", "true");
            assertAdmitted(ground, "http://localhost:5173", "true");
            assertAdmitted(ground, ground.url(), "true"); // its own origin
            assertRefused(ground, "https://evil.example");
            assertRefused(ground, "http://app.example.com");
            assertRefused(ground, "https://staging.example.com");
        }
    }

    @Test
    void otherOriginsAreRejectedByDefault() throws Exception {
        try (Playground ground = new Playground(agent, server -> {})) {
            assertRefused(ground, "https://app.example.com");
            assertAdmitted(ground, ground.url(), "true");
            ground.client(); // clients other than browsers send no origin
        }
    }

    @Test
    void allOriginsWithoutCredentials() throws Exception {
        try (Playground ground = new Playground(agent, OriginSamples.everybody(), server -> {})) {
            assertAdmitted(ground, "https://anywhere.example", "");
        }
    }

    private void assertAdmitted(Playground ground, String origin, String credentials) throws Exception {
        HttpResponse<String> polled = poll(ground, origin);
        assertThat(polled.statusCode()).isEqualTo(200);
        assertThat(polled.headers().firstValue("Access-Control-Allow-Origin")).contains(origin);
        assertThat(polled.headers()
                        .firstValue("Access-Control-Allow-Credentials")
                        .orElse(""))
                .isEqualTo(credentials);
        ground.client("/", webSocket(origin));
    }

    private void assertRefused(Playground ground, String origin) throws Exception {
        HttpResponse<String> polled = poll(ground, origin);
        assertThat(polled.statusCode()).isEqualTo(403);
        assertThat(polled.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        ground.knock("/", webSocket(origin)).inbox.take("connect_error", "[\"websocket error\"]");
    }

    private static Map<String, ?> webSocket(String origin) {
        return Map.of("transports", List.of("websocket"), "extraHeaders", Map.of("Origin", origin));
    }

    private static HttpResponse<String> poll(Playground ground, String origin) throws Exception {
        URI handshake = URI.create(ground.url() + "/socket.io/?EIO=4&transport=polling");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(handshake)
                                .header("Origin", origin)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
