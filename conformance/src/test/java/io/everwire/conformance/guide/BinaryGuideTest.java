package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Inbox;
import io.everwire.examples.guide.Binary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code docs/guide/binary.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BinaryGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void bytesTravelAsBytes(String transport) throws Exception {
        try (Playground ground = new Playground(agent, Binary::upload)) {
            Client other = ground.client("/", Map.of("transports", List.of(transport)));
            Inbox sample = ground.run("binary", "binary");
            assertThat(sample.take("log").get(0).path("data")).hasToString("[7,8]");
            JsonNode photo = other.inbox.take("photo").get(0);
            assertThat(photo.path("title").asString()).isEqualTo("cat");
            assertThat(photo.path("pixels").path("data")).hasToString("[1,2,3]");
            agent.order("emitBytes", other.name(), "event", "raw", "bytes", List.of(4, 5));
            other.emit("photo", Map.of("title", "dog", "pixels", "AQI="));
            sample.take("log", "[\"dog\",2]");
        }
    }

    @Test
    void bytesAnywhereInAnAnswer() throws Exception {
        try (Playground ground = new Playground(agent, Binary::nested)) {
            String name = ground.client().name();
            assertThat(agent.order("call", name, "event", "album", "args", List.of()))
                    .hasToString("\"two photos\"");
        }
    }

    @Test
    void limitsAreOptions() throws Exception {
        try (Playground ground = new Playground(agent, Binary.limits(), Binary::upload)) {
            Client client = ground.client("/", Map.of("transports", List.of("websocket")));
            Client other = ground.client("/", Map.of("transports", List.of("websocket")));
            agent.order("emitBytes", client.name(), "event", "raw", "bytes", new int[2_000_000]);
            assertThat(other.inbox.take("raw").get(0).path("data")).hasSize(2_000_000);
        }
        try (Playground ground = new Playground(agent, Binary::upload)) {
            Client client = ground.client("/", Map.of("transports", List.of("websocket")));
            agent.order("emitBytes", client.name(), "event", "raw", "bytes", new int[2_000_000]);
            client.inbox.take("disconnect", "[\"transport close\"]");
        }
    }
}
