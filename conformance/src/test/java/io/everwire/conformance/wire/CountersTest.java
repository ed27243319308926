package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.GenerationOptions;
import io.everwire.Namespace;
import io.everwire.ServerCounters;
import io.everwire.ServerOptions;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link ServerCounters} have the numbers of this moment. */
class CountersTest {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";

    private final TestServer test = TestServer.create();
    private final ServerCounters counters = test.server().counters();

    @Test
    void aSessionCountsForItsGenerationAndTransportUntilItIsClosed() {
        TestWebSocket line = test.webSocket(LINE);
        assertThat(counters.sessions()).isOne();
        assertThat(counters.sessions("eio4")).isOne();
        assertThat(counters.sessions("eio4", "websocket")).isOne();
        assertThat(counters.sessions("eio3")).isZero();

        line.close();

        assertThat(counters.sessions()).isZero();
        assertThat(counters.sessions("eio4", "websocket")).isZero();
    }

    @Test
    void anUpgradeMovesItToTheNewTransport() {
        String sid = open();
        assertThat(counters.sessions("eio4", "polling")).isOne();

        TestWebSocket line = test.webSocket(LINE + "&sid=" + sid).send("2probe");
        assertThat(counters.sessions("eio4", "polling"))
                .as("the probe alone changes nothing")
                .isOne();
        line.send("5");

        assertThat(counters.sessionsByTransport().get("eio4")).isEqualTo(Map.of("polling", 0, "websocket", 1));
    }

    @Test
    void aSessionThatTimesOutCountsNoLonger() {
        open();
        test.webSocket("/socket.io/?EIO=3&transport=websocket");
        assertThat(counters.sessions("eio3", "websocket")).isOne();

        test.advance(Duration.ofMinutes(2));

        assertThat(counters.sessions()).isZero();
        assertThat(counters.sessionsByTransport())
                .allSatisfy(
                        (generation, sessions) -> assertThat(sessions.values()).containsOnly(0));
    }

    @Test
    void everyGenerationThatIsServedHasItsTransports() {
        try (TestServer some = TestServer.create(ServerOptions.builder()
                .generations(GenerationOptions.only("eio4", "gen1"))
                .build())) {
            assertThat(some.server().counters().sessionsByTransport())
                    .containsOnlyKeys("eio4", "gen1")
                    .containsEntry("eio4", Map.of("polling", 0, "websocket", 0));
        }
    }

    @Test
    void socketsCountForTheirNamespaces() {
        test.server().of("/admin");
        TestClient alice = test.connect();
        alice.connection().connect("/admin");
        test.connect("/admin");
        assertThat(counters.socketsByNamespace()).isEqualTo(Map.of("/", 1, "/admin", 2));
        assertThat(counters.sockets()).isEqualTo(3);

        alice.connection().close();

        assertThat(counters.socketsByNamespace()).isEqualTo(Map.of("/", 0, "/admin", 1));
        assertThat(counters.sockets()).isOne();
    }

    @Test
    void socketsOfDynamicNamespacesCountTogether() {
        test.server().of((name, handshake) -> name.startsWith("/room"));
        TestClient alice = test.connect("/room1");
        test.connect("/room2");
        assertThat(counters.dynamicSockets()).isEqualTo(2);
        assertThat(counters.sockets()).isEqualTo(2);
        assertThat(counters.socketsByNamespace()).isEqualTo(Map.of("/", 0));

        alice.disconnect();
        assertThat(counters.dynamicSockets()).isOne();

        test.server().of("/room2").disconnectSockets();
        assertThat(counters.dynamicSockets()).isZero();
        assertThat(test.server().namespaces().values())
                .extracting(Namespace::name)
                .contains("/room1", "/room2");
    }

    @Test
    void bytesOfSlowClientsAndOfSessions() {
        String sid = open();
        test.request("POST", POLLING + "&sid=" + sid).body("40").send();
        assertThat(counters.queuedBytes()).isZero();

        test.server().emit("news", "x".repeat(5_000));

        assertThat(counters.queuedBytes()).isBetween(4_000L, 6_000L);
        assertThat(counters.sessionBytes()).isBetween(2_000L, 6_000L);
        assertThat(counters.inputBytes()).isZero();
        test.request("GET", POLLING + "&sid=" + sid).send();
        assertThat(counters.queuedBytes()).isZero();
    }

    private String open() {
        return test.request("GET", POLLING)
                .send()
                .response()
                .body()
                .toString()
                .replaceAll(".*\"sid\":\"([^\"]*)\".*", "$1");
    }
}
