package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Inbox;
import io.everwire.examples.guide.GenerationSamples;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/generations.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenerationsGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    /** Sends a handshake of each generation except gen0, which has none: its polls stay pending. */
    @Test
    void switches() throws Exception {
        List<List<Integer>> statuses = new ArrayList<>();
        for (ServerOptions options : GenerationSamples.switches()) {
            try (Playground ground = new Playground(agent, options, server -> {})) {
                statuses.add(List.of(
                        status(ground, "/socket.io/1/"),
                        status(ground, "/socket.io/?EIO=3&transport=polling"),
                        status(ground, "/socket.io/?EIO=4&transport=polling")));
                String gen1 = body(ground, "/socket.io/1/");
                assertThat(gen1.contains("websocket")).isEqualTo(statuses.size() == 2 || statuses.size() == 4);
                String quicker = "\"pingInterval\":10000,\"pingTimeout\":5000";
                assertThat(body(ground, "/socket.io/?EIO=4&transport=polling").contains(quicker))
                        .isEqualTo(statuses.size() == 4);
                assertThat(body(ground, "/socket.io/?EIO=3&transport=polling")).doesNotContain(quicker);
            }
        }
        assertThat(statuses)
                .containsExactly(
                        List.of(500, 200, 200), List.of(200, 200, 200), List.of(200, 200, 200), List.of(200, 200, 200));
    }

    @Test
    void engineAlone() throws Exception {
        try (Playground ground = new Playground(agent, GenerationSamples.engine(), GenerationSamples::echo)) {
            Inbox inbox = agent.inbox("engine");
            agent.order(
                    "openEngine",
                    "engine",
                    "version",
                    "",
                    "url",
                    ground.url(),
                    "options",
                    Map.of("transports", List.of("websocket")));
            inbox.take("open");
            agent.order("sendEngine", "engine", "text", "hello");
            inbox.take("message", "[\"hello\"]");
            agent.order("sendEngine", "engine", "bytes", List.of(1, 2));
            inbox.take("message", "[[1,2]]");
        }
    }

    private static int status(Playground ground, String target) throws Exception {
        return get(ground, target).statusCode();
    }

    private static String body(Playground ground, String target) throws Exception {
        return get(ground, target).body();
    }

    private static HttpResponse<String> get(Playground ground, String target) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(ground.url() + target)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
