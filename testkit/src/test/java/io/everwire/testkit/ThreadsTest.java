package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.CloseReason;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers on real threads. */
@Timeout(120)
class ThreadsTest {
    private final TestServer test =
            TestServer.createThreaded(ServerOptions.builder().build());

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aHandlerMayWaitForAnAnswerOfItsOwnSocket() {
        test.server().onCall("greet", socket -> {
            String name = socket.call("name", String.class).get(60, TimeUnit.SECONDS);
            return "hello " + name;
        });
        TestClient alice = test.connect();
        TestCall call = alice.emitWithAck("greet");

        alice.ack(alice.await(1).get(0), "Alice");

        assertThat(call.await().answer()).containsExactly("hello Alice");
    }

    @Test
    void aHandlerThatBlocksDelaysItsOwnSocketOnly() {
        CountDownLatch gate = new CountDownLatch(1);
        test.server().onCall("block", socket -> gate.await(60, TimeUnit.SECONDS));
        test.server().onCall("fast", socket -> "fast");
        TestClient alice = test.connect();
        TestCall blocked = alice.emitWithAck("block");
        TestCall behind = alice.emitWithAck("fast");

        assertThat(test.connect().emitWithAck("fast").await().answer()).containsExactly("fast");
        assertThat(blocked.answered() || behind.answered()).isFalse();

        gate.countDown();
        assertThat(blocked.await().answer()).containsExactly(true);
        assertThat(behind.await().answer()).containsExactly("fast");
    }

    /** More than the pool of JDK 17 has threads at first. */
    @Test
    void anyNumberOfHandlersThatBlockDelaysNoStranger() throws InterruptedException {
        int blocked = 200;
        CountDownLatch inside = new CountDownLatch(blocked);
        CountDownLatch gate = new CountDownLatch(1);
        test.server().onCall("block", socket -> {
            inside.countDown();
            return gate.await(60, TimeUnit.SECONDS);
        });
        test.server().onCall("fast", socket -> "fast");
        List<TestCall> calls = new ArrayList<>();
        for (int i = 0; i < blocked; i++) {
            calls.add(test.connect().emitWithAck("block"));
        }
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(test.connect().emitWithAck("fast").await().answer()).containsExactly("fast");
        assertThat(calls).noneMatch(TestCall::answered);

        gate.countDown();
        calls.forEach(call -> assertThat(call.await().answer()).containsExactly(true));
    }

    @Test
    void whatOneThreadEmitsArrivesInItsOrder() throws InterruptedException {
        int threads = 8;
        int each = 500;
        TestClient alice = test.connect();
        Socket socket = Objects.requireNonNull(test.server().sockets().get(alice.id()));
        ExecutorService emitters = Executors.newFixedThreadPool(threads);
        for (int t = 0; t < threads; t++) {
            int thread = t;
            emitters.execute(() -> {
                for (int n = 0; n < each; n++) {
                    if (n % 2 == 0) {
                        socket.emit("e", thread, n);
                    } else {
                        test.server().emit("e", thread, n);
                    }
                }
            });
        }
        emitters.shutdown();

        List<TestEvent> received = alice.await(threads * each);

        assertThat(emitters.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        List<Integer> next = new ArrayList<>(Collections.nCopies(threads, 0));
        for (TestEvent event : received) {
            int thread = (Integer) Objects.requireNonNull(event.args().get(0));
            assertThat(event.args().get(1)).isEqualTo(next.get(thread));
            next.set(thread, next.get(thread) + 1);
        }
        assertThat(next).containsOnly(each);
    }

    @Test
    void handlersOfOneSocketRunOneAtATimeInOrder() {
        int events = 2_000;
        AtomicInteger inside = new AtomicInteger();
        List<Integer> handled = new ArrayList<>(); // not thread-safe: the mailbox must make it safe
        test.server().on("e", Integer.class, (socket, n) -> {
            assertThat(inside.incrementAndGet()).isOne();
            handled.add(n);
            inside.decrementAndGet();
        });
        test.server().onCall("end", socket -> handled.size());
        TestClient alice = test.connect();
        for (int n = 0; n < events; n++) {
            alice.emit("e", n);
        }

        assertThat(alice.emitWithAck("end").await().answer()).containsExactly(events);
        for (int n = 0; n < events; n++) {
            assertThat(handled.get(n)).isEqualTo(n);
        }
    }

    @Test
    void joiningWhileDisconnectingLeavesNoRoomBehind() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            TestClient alice = test.connect();
            Socket socket = Objects.requireNonNull(test.server().sockets().get(alice.id()));
            CountDownLatch gone = new CountDownLatch(1);
            socket.onDisconnect(reason -> gone.countDown());
            Thread joiner = new Thread(() -> {
                for (int i = 0; i < 50; i++) {
                    socket.join("room");
                    socket.leave("room");
                    socket.join("room");
                }
            });
            joiner.start();
            socket.disconnect();
            joiner.join(30_000);

            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.rooms()).isEmpty();
        }
        assertThat(test.server().to("room").sockets()).isEmpty();
    }

    @Test
    void anExecutorThatIsShutDownDoesNotLoseWhatEnds() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        TestServer own = TestServer.createThreaded(
                ServerOptions.builder().handlerExecutor(executor).build());
        TestClient alice = own.connect();
        own.server().onCall("anything", same -> "x");
        assertThat(alice.emitWithAck("anything").await().answered()).isTrue();
        Socket socket = Objects.requireNonNull(own.server().sockets().get(alice.id()));
        CompletableFuture<CloseReason> ended = new CompletableFuture<>();
        socket.onDisconnect(ended::complete);
        executor.shutdown();
        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<String> answered = socket.call("e", String.class);
        CompletableFuture<String> unanswered = socket.call("e", String.class);

        alice.ack(alice.await(2).get(0), "x");
        alice.connection().close();

        assertThat(answered).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo("x");
        assertThat(unanswered).failsWithin(60, TimeUnit.SECONDS);
        assertThat(ended).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(CloseReason.TRANSPORT_CLOSE);
    }
}
