package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.NamespaceSamples;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/guide/namespaces.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamespacesGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void clientsJoinByName() throws Exception {
        try (Playground ground = new Playground(agent, NamespaceSamples::named)) {
            Client visitor = ground.client();
            Client admin = ground.client("/admin", Map.of());
            admin.inbox.take("hello", "[\"admin\"]");
            admin.emit("announce", "closing time");
            visitor.inbox.take("announcement", "[\"closing time\"]");
            assertThat(visitor.inbox.isEmptyOf("hello")).isTrue();
            ground.knock("/nowhere", Map.of()).inbox.take("connect_error", "[\"Invalid namespace\"]");
        }
    }

    @Test
    void aPatternCreatesNamespacesOnRequest() throws Exception {
        try (Playground ground = new Playground(agent, server -> {})) {
            var games = NamespaceSamples.pattern(ground.server());
            Client white = ground.client("/game-7", Map.of());
            white.inbox.take("playing", "[\"/game-7\"]");
            Client black = ground.client("/game-7", Map.of());
            Client elsewhere = ground.client("/game-8", Map.of());
            white.emit("move", "e4");
            black.inbox.take("moved", "[\"e4\"]");
            games.emit("end");
            elsewhere.inbox.take("end");
            assertThat(elsewhere.inbox.isEmptyOf("moved")).isTrue();
            assertThat(games.children()).containsOnlyKeys("/game-7", "/game-8");
            ground.knock("/game-x", Map.of()).inbox.take("connect_error", "[\"Invalid namespace\"]");
            ground.knock("/game-7/x", Map.of()).inbox.take("connect_error", "[\"Invalid namespace\"]");
        }
    }

    @Test
    void aPredicateDecides() throws Exception {
        try (Playground ground = new Playground(agent, server -> {})) {
            NamespaceSamples.predicate(ground.server(), Set.of("acme"));
            ground.client("/acme", Map.of());
            ground.knock("/other", Map.of()).inbox.take("connect_error", "[\"Invalid namespace\"]");
        }
    }
}
