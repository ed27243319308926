package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.CloseReason;
import io.everwire.DropReason;
import io.everwire.LimitOptions;
import io.everwire.Overflow;
import io.everwire.Refusal;
import io.everwire.RefusedException;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A {@link ServerObserver} receives the data for metrics. Its exceptions change nothing. */
class ObserverTest {
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";
    private static final String KILOBYTE = "x".repeat(1_000);

    private final Recorder seen = new Recorder();
    private final TestServer test = TestServer.create(options(seen).build());
    private final SocketIoServer server = test.server();

    @Test
    void openedAndClosedAreReportedOnceEach() {
        TestClient alice = test.connect();
        alice.connection().connect("/other");
        seen.assertReported("opened testkit");

        alice.connection().close();
        alice.connection().close();

        seen.assertReported("opened testkit", "closed testkit TRANSPORT_CLOSE");
    }

    @Test
    void leavingANamespaceClosesNoConnection() {
        TestClient alice = test.connect();

        alice.disconnect();

        seen.assertReported("opened testkit");
    }

    @Test
    void theReasonIsThatOfTheConnection() {
        test.webSocket(LINE);
        test.advance(Duration.ofSeconds(60));
        test.webSocket(LINE).send("z");
        socket(test.connect()).disconnect(true);

        seen.assertReported(
                "opened eio4",
                "closed eio4 FORCED_SERVER_CLOSE",
                "opened eio4",
                "closed eio4 PARSE_ERROR",
                "opened testkit",
                "closed testkit FORCED_CLOSE");
    }

    @Test
    void aHeartbeatWithoutAnAnswerIsReported() {
        test.webSocket(LINE).send("40");

        test.advance(Duration.ofSeconds(45));

        seen.assertReported("opened eio4", "closed eio4 PING_TIMEOUT");
    }

    @Test
    void closingTheServerIsReportedForEachConnection() {
        test.connect();
        test.connect();

        test.close();

        assertThat(seen.reports).hasSize(4).startsWith("opened testkit", "opened testkit");
        assertThat(seen.reports.subList(2, 4)).allMatch(report -> report.startsWith("closed testkit "));
    }

    @Test
    void aRejectedRequestIsReportedAndOpensNothing() {
        test.request("GET", "/socket.io/?EIO=4&transport=pigeon").send();
        test.request("GET", "/socket.io/?EIO=4&transport=polling&sid=unknown").send();
        test.request("GET", "/socket.io/?EIO=4&transport=polling")
                .header("Origin", "https://evil.example.com")
                .send();

        seen.assertReported("refused eio4 UNKNOWN_TRANSPORT", "refused eio4 UNKNOWN_SESSION", "refused eio4 FORBIDDEN");
    }

    @Test
    void everyOutcomeOfAnEventIsReported() {
        server.use(socket -> socket.use((same, event, arguments) -> {
            if (event.startsWith("middleware")) {
                throw event.endsWith("refuses") ? new RefusedException("no") : new IllegalStateException();
            }
        }));
        server.on("success", socket -> {});
        server.on("refused", socket -> {
            throw new RefusedException("no");
        });
        server.on("typed", Integer.class, (socket, number) -> {});
        server.on("failed", socket -> {
            throw new IllegalStateException();
        });
        TestClient alice = test.connect();

        alice.emit("success")
                .emit("unhandled")
                .emit("refused")
                .emit("typed", "no number")
                .emit("failed")
                .emit("middleware refuses")
                .emit("middleware fails");

        assertThat(seen.handled)
                .containsExactly(
                        "/ success SUCCESS",
                        "/ unhandled UNHANDLED",
                        "/ refused REFUSED",
                        "/ typed BAD_ARGUMENTS",
                        "/ failed FAILED",
                        "/ middleware refuses REFUSED",
                        "/ middleware fails FAILED");
        assertThat(seen.nanos.subList(0, 5)).allMatch(nanos -> nanos >= 0);
        assertThat(seen.nanos.subList(5, 7)).containsOnly(0L);
    }

    @Test
    void anEventIsReportedOnceHoweverManyHandlersItHas() {
        server.of("/chat").on("e", socket -> {});
        server.of("/chat").on("e", socket -> {
            throw new IllegalStateException();
        });
        server.of("/chat").on("e", socket -> {
            throw new RefusedException("no");
        });

        test.connect("/chat").emit("e").send("text");

        assertThat(seen.handled).containsExactly("/chat e FAILED", "/chat message UNHANDLED");
    }

    @Test
    void anEventOfALaterStageIsReportedWhenTheStageIsDone() {
        CompletableFuture<String> later = new CompletableFuture<>();
        server.onCall("e", socket -> later);

        test.connect().emitWithAck("e");
        assertThat(seen.handled).isEmpty();
        later.complete("x");

        assertThat(seen.handled).containsExactly("/ e SUCCESS");
    }

    @Test
    void aDroppedPacketIsReportedForEachClient() {
        TestClient alice = test.connect();
        test.connect().connection().webSocket().writable(false);
        alice.connection().webSocket().writable(false);
        seen.reports.clear();

        socket(alice).asVolatile().emit("e");
        server.asVolatile().emit("e");

        seen.assertReported("dropped VOLATILE", "dropped VOLATILE", "dropped VOLATILE");
    }

    @Test
    void aFullQueueIsReportedWithItsReason() {
        server.of("/").overflow(Overflow.DROP);
        TestClient alice = test.connect();
        alice.connection().webSocket().writable(false);
        seen.reports.clear();

        for (int i = 0; i < 6; i++) {
            socket(alice).emit("e", KILOBYTE);
        }

        seen.assertReported("dropped QUEUE_FULL", "dropped QUEUE_FULL");
    }

    @Test
    void theSumOfQueuedIsWhatIsQueuedNow() {
        TestClient alice = test.connect();
        alice.connection().webSocket().writable(false);
        assertThat(seen.queued).isZero();

        for (int i = 0; i < 4; i++) {
            socket(alice).emit("e", KILOBYTE);
        }
        assertThat(seen.queued).isBetween(3_000L, 4_600L);

        alice.connection().webSocket().writable(true);
        assertThat(seen.queued).isZero();
    }

    @Test
    void anEvictedClientIsReportedBeforeItIsClosed() {
        Recorder small = new Recorder();
        TestServer other = TestServer.create(options(small)
                .maxQueuedBytes(100_000)
                .limits(LimitOptions.builder().maxQueuedBytesTotal(20_000).build())
                .build());
        TestClient slow = other.connect();
        slow.connection().webSocket().writable(false);
        small.reports.clear();

        Socket socket = Objects.requireNonNull(other.server().sockets().get(slow.id()));
        for (int i = 0; i < 21; i++) {
            socket.emit("e", KILOBYTE);
        }

        assertThat(small.reports.get(0)).startsWith("evicted ");
        assertThat(small.reports).contains("closed testkit EVICTED");
        assertThat(small.queued).isZero();
    }

    @Test
    void anObserverThatThrowsChangesNothing() {
        TestServer other = TestServer.create(options(new ThrowingObserver()).build());
        List<CloseReason> closed = new ArrayList<>();
        other.server().onCall("add", Integer.class, (socket, number) -> number + 1);
        other.server().onDisconnect((socket, reason) -> closed.add(reason));

        TestClient alice = other.connect();
        assertThat(alice.connected()).isTrue();
        assertThat(alice.emitWithAck("add", 1).answer()).containsExactly(2);
        assertThat(alice.emitWithAck("unknown").answered()).isFalse();

        Socket socket = Objects.requireNonNull(other.server().sockets().get(alice.id()));
        alice.connection().webSocket().writable(false);
        assertThat(socket.asVolatile().emit("e").dropReason()).isEqualTo(DropReason.VOLATILE);
        socket.emit("e", KILOBYTE, KILOBYTE);
        alice.connection().webSocket().writable(true);
        assertThat(alice.received()).hasSize(1);

        assertThat(other.request("GET", "/socket.io/?EIO=4&transport=pigeon")
                        .send()
                        .response()
                        .status())
                .isEqualTo(400);
        alice.connection().close();
        assertThat(closed).containsExactly(CloseReason.TRANSPORT_CLOSE);
        assertThat(other.server().engine().clientsCount()).isZero();
    }

    private static ServerOptions.Builder options(ServerObserver observer) {
        return ServerOptions.builder().maxQueuedBytes(5_000).observer(observer);
    }

    private Socket socket(TestClient client) {
        return Objects.requireNonNull(server.sockets().get(client.id()));
    }

    /** Keeps reports in order. */
    private static final class Recorder implements ServerObserver {
        private final List<String> reports = new ArrayList<>();
        private final List<String> handled = new ArrayList<>();
        private final List<Long> nanos = new ArrayList<>();
        private long queued;

        void assertReported(String... expected) {
            assertThat(reports).containsExactly(expected);
        }

        @Override
        public void opened(String generation) {
            reports.add("opened " + generation);
        }

        @Override
        public void closed(String generation, CloseReason reason) {
            reports.add("closed " + generation + " " + reason.name());
        }

        @Override
        public void refused(String generation, Refusal refusal) {
            reports.add("refused " + generation + " " + refusal);
        }

        @Override
        public void dropped(DropReason reason) {
            reports.add("dropped " + reason);
        }

        @Override
        public void evicted(long bytes) {
            reports.add("evicted " + bytes);
        }

        @Override
        public void queued(long delta) {
            queued += delta;
        }

        @Override
        public void handled(String namespace, String event, Outcome outcome, long time) {
            handled.add(namespace + " " + event + " " + outcome);
            nanos.add(time);
        }
    }

    private static final class ThrowingObserver implements ServerObserver {
        @Override
        public void opened(String generation) {
            throw new IllegalStateException("observer");
        }

        @Override
        public void closed(String generation, CloseReason reason) {
            throw new IllegalStateException("observer");
        }

        @Override
        public void refused(String generation, Refusal refusal) {
            throw new IllegalStateException("observer");
        }

        @Override
        public void dropped(DropReason reason) {
            throw new AssertionError("observer");
        }

        @Override
        public void evicted(long bytes) {
            throw new IllegalStateException("observer");
        }

        @Override
        public void queued(long delta) {
            throw new IllegalStateException("observer");
        }

        @Override
        public void handled(String namespace, String event, Outcome outcome, long time) {
            throw new IllegalStateException("observer");
        }
    }
}
