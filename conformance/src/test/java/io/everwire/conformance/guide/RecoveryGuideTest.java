package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.Socket;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Inbox;
import io.everwire.examples.guide.Recovery;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/recovery.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void aReconnectedClientContinues() throws Exception {
        try (Playground ground =
                new Playground(agent, Recovery.options(), server -> Recovery.goOn(server, () -> "fine"))) {
            Inbox log = ground.run("recovery", "recovery");
            log.take("log", "[\"a new socket\"]");
            log.take("log", "[\"the state is\",\"fine\"]");
            Socket first = ground.socket();

            agent.order("lose", log.owner());
            await().atMost(Duration.ofMinutes(1)).until(() -> !first.connected());
            ground.server().to("lobby").emit("news", "what happened meanwhile");

            log.take("log", "[\"what happened meanwhile\"]");
            log.take("log", "[\"recovered\"]");
            assertThat(ground.socket().id()).isEqualTo(first.id());
            ground.server().to("lobby").emit("news", "what happens now");
            log.take("log", "[\"what happens now\"]");
            assertThat(log.isEmptyOf("log")).isTrue();
        }
    }
}
