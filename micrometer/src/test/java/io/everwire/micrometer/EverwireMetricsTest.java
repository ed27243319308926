package io.everwire.micrometer;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.RecoveryOptions;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.ClusterState;
import io.everwire.adapter.LocalSockets;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestServer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The meters of a server, and the values of their tags. */
class EverwireMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TestObservationRegistry observations = TestObservationRegistry.create();
    private final EverwireMetrics metrics = EverwireMetrics.of(registry, observations);
    private final TestServer test = server(ServerOptions.builder());

    private TestServer server(ServerOptions.Builder options) {
        TestServer created = TestServer.create(options.observer(metrics).build());
        metrics.monitor(created.server());
        return created;
    }

    private double value(String name, String... tags) {
        Meter meter = registry.get(name).tags(tags).meter();
        return meter.measure().iterator().next().getValue();
    }

    private long count(String name, String... tags) {
        Timer timer = registry.find(name).tags(tags).timer();
        return timer == null ? 0 : timer.count();
    }

    @Test
    void metricsNeedNoSpring() {
        // docs: metrics
        EverwireMetrics metrics = EverwireMetrics.of(registry);
        SocketIoServer server =
                SocketIoServer.create(ServerOptions.builder().observer(metrics).build());
        metrics.monitor(server);
        // docs: end
        server.close();
        assertThat(registry.find("everwire.sessions").gauges()).isNotEmpty();
    }

    @Test
    void sessionsAndSocketsAreGauges() {
        test.server().of("/chat");
        TestClient alice = test.connect();
        TestClient bob = test.connect("/chat");

        assertThat(value("everwire.sockets", "namespace", "/")).isEqualTo(1);
        assertThat(value("everwire.sockets", "namespace", "/chat")).isEqualTo(1);
        assertThat(value("everwire.sessions.opened", "generation", "testkit")).isEqualTo(2);

        bob.disconnect();
        alice.connection().close();
        assertThat(value("everwire.sockets", "namespace", "/")).isZero();
        assertThat(value("everwire.sockets", "namespace", "/chat")).isZero();
        assertThat(value("everwire.sessions.closed", "generation", "testkit", "reason", "transport close"))
                .isEqualTo(1);
        assertThat(value("everwire.queued", "direction", "out")).isZero();
    }

    @Test
    void aServerWithAClusterHasItsMeters() {
        ClusterState state = new ClusterState(
                ClusterState.Health.DEGRADED,
                3,
                List.of(new ClusterServer("a", ClusterServer.Kind.JAVA, "", "classic", 10)),
                12,
                100,
                200,
                3,
                4_096);
        assertThat(registry.find("everwire.cluster.servers").meter()).isNull();
        server(ServerOptions.builder().adapter(new Adapter.Factory() {
            @Override
            public Adapter create(String namespace, LocalSockets sockets) {
                return new MemoryAdapter(sockets);
            }

            @Override
            public ClusterState state() {
                return state;
            }
        }));

        assertThat(value("everwire.cluster.servers")).isEqualTo(3);
        assertThat(value("everwire.cluster.others", "kind", "java")).isEqualTo(1);
        assertThat(value("everwire.cluster.others", "kind", "node")).isZero();
        assertThat(value("everwire.cluster.state", "state", "degraded")).isEqualTo(1);
        assertThat(value("everwire.cluster.state", "state", "up")).isZero();
        assertThat(registry.get("everwire.cluster.lag").timeGauge().value(TimeUnit.MILLISECONDS))
                .isEqualTo(12);
        assertThat(value("everwire.cluster.messages", "direction", "out")).isEqualTo(100);
        assertThat(value("everwire.cluster.messages", "direction", "in")).isEqualTo(200);
        assertThat(value("everwire.cluster.dropped")).isEqualTo(3);
        assertThat(value("everwire.cluster.outbox")).isEqualTo(4_096);
    }

    @Test
    void sessionsOfEveryGenerationAndTransportHaveAGauge() {
        var response =
                test.request("GET", "/socket.io/?EIO=4&transport=polling").send();

        assertThat(response).isNotNull();
        assertThat(value("everwire.sessions", "generation", "eio4", "transport", "polling"))
                .isEqualTo(1);
        assertThat(value("everwire.sessions", "generation", "eio4", "transport", "websocket"))
                .isZero();
        assertThat(value("everwire.sessions", "generation", "gen0", "transport", "xhr-polling"))
                .isZero();
    }

    @Test
    void eventsAreTimedByNamespaceEventAndOutcome() {
        SocketIoServer server = test.server();
        server.on("ok", socket -> {});
        server.on("number", int.class, (socket, number) -> {});
        server.on("refused", socket -> {
            throw new RefusedException("no");
        });
        server.on("broken", socket -> {
            throw new IllegalStateException("broken");
        });
        TestClient alice = test.connect();

        alice.emit("ok")
                .emit("ok")
                .emit("number", "x")
                .emit("refused")
                .emit("broken")
                .emit("unknown");

        assertThat(count("everwire.events", "namespace", "/", "event", "ok", "outcome", "ok"))
                .isEqualTo(2);
        assertThat(count("everwire.events", "event", "number", "outcome", "bad_arguments"))
                .isEqualTo(1);
        assertThat(count("everwire.events", "event", "refused", "outcome", "refused"))
                .isEqualTo(1);
        assertThat(count("everwire.events", "event", "broken", "outcome", "failed"))
                .isEqualTo(1);
        assertThat(count("everwire.events", "event", "other", "outcome", "unhandled"))
                .isEqualTo(1);
        assertThat(count("everwire.events.wait")).isEqualTo(6);
    }

    /** A client that could choose the value of a tag could fill the memory of the server and of the database. */
    @Test
    void noTextOfAClientBecomesATag() {
        SocketIoServer server = test.server();
        server.of(Pattern.compile("/game-\\d+")).on("move", socket -> socket.join("evil-room"));
        server.of((name, handshake) -> name.startsWith("/evil"));
        server.use(socket -> socket.use((same, event, arguments) -> {
            if (event.startsWith("evil-refused")) {
                throw new RefusedException("no");
            }
        }));
        for (int i = 0; i < 50; i++) {
            TestClient alice = test.opening().query("evil=" + i).open().connect("/game-6660" + i);
            alice.emit("move").emit("evil-event-" + i).send("evil");
            test.connect("/evil-" + i).emit("evil-event");
            test.connect().emit("evil-refused-" + i);
            test.request("GET", "/socket.io/?EIO=4&transport=evil" + i).send();
            alice.disconnect();
        }

        assertThat(registry.getMeters())
                .hasSizeLessThan(120)
                .allSatisfy(meter -> assertThat(meter.getId().toString()).doesNotContain("evil", "6660"));
        assertThat(count("everwire.events", "namespace", "/game-\\d+", "event", "move"))
                .isEqualTo(50);
        assertThat(value("everwire.sockets", "namespace", "dynamic")).isEqualTo(50);
        assertThat(value("everwire.handshakes.refused", "generation", "eio4", "refusal", "unknown_transport"))
                .isEqualTo(50);
    }

    @Test
    void callsBroadcastsAndTrafficAreCounted() {
        Socket[] joined = {null};
        test.server().onConnection(socket -> joined[0] = socket);
        TestClient alice = test.connect();
        test.connect();

        CompletableFuture<String> answered = joined[0].call("ask", String.class);
        CompletableFuture<String> late =
                joined[0].timeout(Duration.ofSeconds(5)).call("ask", String.class);
        test.advance(Duration.ofSeconds(6));
        assertThat(answered).isNotDone();
        assertThat(late).isCompletedExceptionally();
        joined[0].disconnect();
        test.server().emit("all");

        assertThat(count("everwire.calls", "namespace", "/", "outcome", "timeout"))
                .isEqualTo(1);
        assertThat(count("everwire.calls", "namespace", "/", "outcome", "disconnected"))
                .isEqualTo(1);
        assertThat(registry.get("everwire.broadcast.receivers")
                        .tags("namespace", "/")
                        .summary()
                        .max())
                .isEqualTo(1);
        assertThat(alice.received()).hasSize(1);
        assertThat(registry.get("everwire.messages").tags("direction", "out").counters())
                .isNotEmpty();
    }

    @Test
    void bytesAreThoseOfTheMessages() {
        var socket = test.webSocket("/socket.io/?EIO=4&transport=websocket");
        socket.send("40");

        assertThat(value("everwire.bytes", "direction", "in", "transport", "websocket"))
                .isEqualTo(2);
        assertThat(value("everwire.messages", "direction", "in", "transport", "websocket"))
                .isEqualTo(1);
    }

    @Test
    void answersToPingsAreTimedInAllGenerationsWhoseServerPings() {
        var current = test.webSocket("/socket.io/?EIO=4&transport=websocket");
        test.advance(Duration.ofSeconds(25));
        assertThat(current.received()).contains("2");
        test.advance(Duration.ofMillis(40));
        current.send("3").send("3");

        Timer timer =
                registry.get("everwire.heartbeat").tags("generation", "eio4").timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);

        String id =
                test.request("GET", "/socket.io/1/").send().response().text().split(":")[0];
        var old = test.webSocket("/socket.io/1/websocket/" + id);
        test.advance(Duration.ofSeconds(25));
        assertThat(old.received()).contains("2::");
        test.advance(Duration.ofMillis(70));
        old.send("2::");

        Timer ofOld =
                registry.get("everwire.heartbeat").tags("generation", "gen1").timer();
        assertThat(ofOld.count()).isEqualTo(1);
        assertThat(ofOld.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(70);

        var oldest = test.webSocket("/socket.io/websocket");
        test.advance(Duration.ofSeconds(10));
        assertThat(oldest.received()).contains("~m~4~m~~h~1");
        test.advance(Duration.ofMillis(90));
        oldest.send("~m~4~m~~h~1");

        Timer ofOldest =
                registry.get("everwire.heartbeat").tags("generation", "gen0").timer();
        assertThat(ofOldest.count()).isEqualTo(1);
        assertThat(ofOldest.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(90);
    }

    @Test
    void theLagOfEventLoopsIsSampled() {
        test.connect();
        test.advance(Duration.ofSeconds(10));

        assertThat(registry.get("everwire.loop.lag").timer().count()).isBetween(5L, 100L);
    }

    @Test
    void recoveryIsCounted() {
        TestServer recovering = server(ServerOptions.builder()
                .connectionStateRecovery(RecoveryOptions.builder().build()));
        var socket = recovering.webSocket("/socket.io/?EIO=4&transport=websocket");
        socket.send("40{\"pid\":\"unknown\",\"offset\":\"unknown\"}");

        assertThat(value("everwire.recovery", "outcome", "lost")).isEqualTo(1);
    }

    @Test
    void anEventIsObservedWithItsScopeAndOutcome() {
        CompletableFuture<String> later = new CompletableFuture<>();
        boolean[] current = {false};
        test.server().onCall("later", socket -> {
            current[0] = observations.getCurrentObservation() != null;
            return later;
        });
        TestClient alice = test.connect();
        alice.emitWithAck("later");

        assertThat(current[0]).isTrue();
        assertThat(observations.getCurrentObservation()).isNull();
        later.complete("done");
        assertThat(observations)
                .hasSingleObservationThat()
                .hasNameEqualTo("everwire.event")
                .hasContextualNameEqualTo("event later")
                .hasLowCardinalityKeyValue("namespace", "/")
                .hasLowCardinalityKeyValue("event", "later")
                .hasLowCardinalityKeyValue("outcome", "ok")
                .hasHighCardinalityKeyValue("socket.id", alice.id())
                .hasBeenStarted()
                .hasBeenStopped();
    }

    @Test
    void eventsOnTheEventLoopAreObservedToo() {
        TestServer fast = server(ServerOptions.builder().handlerMode(HandlerMode.EVENT_LOOP));
        fast.server().on("ok", socket -> {});
        fast.connect().emit("ok");

        assertThat(count("everwire.events", "event", "ok")).isEqualTo(1);
    }
}
