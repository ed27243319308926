package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.Migration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/guide/from-netty-socketio.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void theSameServer() throws Exception {
        try (Playground ground = new Playground(agent, Migration.options(), Migration::chat)) {
            Client ann = ground.client("/", Map.of("query", Map.of("name", "Ann")));
            Client bob = ground.client("/", Map.of("query", Map.of("name", "Bob")));
            ground.knock("/", Map.of()).inbox.take("connect_error", "[\"a name is missing\"]");

            ann.call("count", "lobby");
            assertThat(bob.call("count", "lobby").asInt()).isEqualTo(2);
            ann.emit("chat", Map.of("room", "lobby", "text", "hello"));
            ann.inbox.take("chat", "[{\"room\":\"lobby\",\"text\":\"hello\"}]");
            bob.inbox.take("chat", "[{\"room\":\"lobby\",\"text\":\"hello\"}]");
            bob.emit("typing");
            ann.inbox.take("typing", "[\"Bob\"]");
            bob.close();
            ann.inbox.take("left", "[\"Bob\"]");
            assertThat(ann.inbox.isEmptyOf("typing")).isTrue();
        }
    }
}
