package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.Socket;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Inbox;
import io.everwire.examples.guide.Events;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/guide/events.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsGuideTest {
    private static final String TIMED_OUT = "operation has timed out";

    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void argumentsHaveTypes() throws Exception {
        try (Playground ground = new Playground(agent, Events::typed)) {
            Client other = ground.client();
            Inbox log = ground.run("events", "typed");
            log.take("log", "[\"Bob\",\"is now\",\"Robert\"]");
            log.take("log", "[3,\"tags\"]");
            assertThat(other.inbox.take("moved").get(1)).hasToString("{\"piece\":\"king\",\"x\":4,\"y\":1}");
            assertThat(log.isEmptyOf("log")).isTrue();
            other.emit("move", Map.of("piece", "rook", "x", 0, "y", 7));
            log.take("log", "[\"moved\",\"rook\",0,7]");
            other.emit("bye");
            other.inbox.take("disconnect", "[\"io server disconnect\"]");
        }
    }

    @Test
    void aHandlerOfOneSocket() throws Exception {
        try (Playground ground = new Playground(agent, Events::perSocket)) {
            Client ada = ground.client("/", Map.of("query", Map.of("name", "Ada")));
            ada.emit("say", "hello");
            ada.inbox.take("said", "[\"Ada: hello\"]");
        }
    }

    @Test
    void theReturnValueIsTheAck() throws Exception {
        try (Playground ground = new Playground(agent, Events::acks)) {
            Inbox log = ground.run("events", "acks");
            log.take("log", "[7]");
            log.take("log", "[\"number of Ada\"]");
            log.take("log", "[8,5]");
        }
    }

    @Test
    void anErrorIsNoAck() throws Exception {
        try (Playground ground = new Playground(agent, Events::acks)) {
            Client client = ground.client();
            ground.server().onCall("fail", socket -> {
                throw new IllegalStateException("only the log should say this");
            });
            assertThat(client.unanswered("subtract", 1, 2)).isEqualTo(TIMED_OUT);
            assertThat(client.unanswered("add", 1)).isEqualTo(TIMED_OUT);
            assertThat(client.unanswered("fail")).isEqualTo(TIMED_OUT);
            ground.run("events", "timeout").take("log", "[\"not answered\"]");
        }
    }

    @Test
    void errorsCanBeAcks() throws Exception {
        try (Playground ground = new Playground(agent, Events.errorAcks(), Events::acks)) {
            assertThat(ground.run("events", "errors").take("log").get(0).asString())
                    .isEqualTo("bad_arguments");
            Client client = ground.client();
            assertThat(client.call("add", 1).path("error").asString()).isEqualTo("bad_arguments");
            assertThat(client.unanswered("subtract", 1, 2)).isEqualTo(TIMED_OUT);
        }
    }

    @Test
    void theAckComesBeforeTheWork() throws Exception {
        CountDownLatch acked = new CountDownLatch(1);
        Log log = new Log();
        try (Playground ground = new Playground(
                agent,
                server -> Events.ackFirst(server, text -> {
                    awaitUnchecked(acked);
                    log.accept("indexed " + text);
                }))) {
            assertThat(ground.client().call("save", "x").toString()).contains("saved");
            acked.countDown();
            assertThat(log.next()).isEqualTo("indexed x");
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** C1: an official client answers with two values. */
    @Test
    void theServerReceivesAllValuesOfAnAck() throws Exception {
        Log log = new Log();
        try (Playground ground = new Playground(agent, server -> Events.callsAll(server, log::accept))) {
            ground.run("events", "scored");
            assertThat(log.next()).isEqualTo("[5, {best=8}]");
        }
    }

    @Test
    void aRelayPassesArgumentsOn() throws Exception {
        try (Playground ground = new Playground(agent, server -> {
            Events.relay(server);
            server.onConnection(socket -> socket.join("user ada"));
        })) {
            Client ada = ground.client();
            ada.emit("to", "ada", Map.of("x", List.of(1.5, "é")));
            assertThat(ada.inbox.take("from").get(1)).hasToString("{\"x\":[1.5,\"é\"]}");
            Client first = ground.client("/mirror", Map.of());
            Client second = ground.client("/mirror", Map.of());
            first.emit("draw", 1, Map.of("line", List.of(2, 3)));
            second.inbox.take("draw", "[1,{\"line\":[2,3]}]");
        }
    }

    @Test
    void theServerMayCallAClient() throws Exception {
        Log log = new Log();
        try (Playground ground = new Playground(agent, server -> Events.calls(server, log::accept))) {
            ground.run("events", "called");
            assertThat(log.next()).isEqualTo("Ada");
        }
    }

    @Test
    void theServerMayCallARoom() throws Exception {
        Log log = new Log();
        try (Playground ground = new Playground(agent, server -> {})) {
            Client silent = ground.client();
            ground.socket().join("players");
            ground.run("events", "player");
            Socket player = ground.socket();
            player.join(player.handshake().query().get("room"));
            silent.close();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> ground.server().sockets().size() == 1);
            Events.broadcastCall(ground.server(), log);
            assertThat(log.next()).isEqualTo("{" + player.id() + "=true}");
            assertThat(log.next()).isEqualTo("[]");

            // The other clients of these tests answer with a text. It is not a Boolean, so it does not count as an
            // answer.
            Client other = ground.client();
            ground.socket().join("players");
            Events.broadcastCall(ground.server(), log);
            assertThat(log.next()).isEqualTo("{" + player.id() + "=true}");
            assertThat(log.next()).isEqualTo("[" + other.id + "]");
        }
    }

    @Test
    void handlersCanBeRemoved() throws Exception {
        Log log = new Log();
        try (Playground ground = new Playground(agent, server -> Events.once(server, log::accept))) {
            Client client = ground.client();
            for (String text : List.of("a", "b")) {
                client.emit("first", text);
                client.emit("many", text);
            }
            client.emit("enough");
            client.emit("many", "c");
            assertThat(client.unanswered("many", "d")).isEqualTo(TIMED_OUT);
            assertThat(List.of(log.next(), log.next(), log.next()))
                    .containsExactly("the first: a", "one of many: a", "one of many: b");
        }
    }

    @Test
    void anyHandlersReceiveEveryEvent() throws Exception {
        Log log = new Log();
        try (Playground ground = new Playground(agent, server -> Events.any(server, log::accept))) {
            Client client = ground.client();
            Socket socket = ground.socket();
            client.emit("hello", 1, "two");
            assertThat(log.next()).isEqualTo("in: hello [1, two]");
            socket.emit("echo", "x");
            assertThat(log.next()).isEqualTo("out: echo [x]");
        }
    }

    @Test
    void anyNumberOfArguments() throws Exception {
        try (Playground ground = new Playground(agent, Events::raw)) {
            assertThat(ground.client().call("total", 1, 2, 3, 4, 5).asInt()).isEqualTo(15);
        }
    }
}
