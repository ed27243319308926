package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many threads call a session that moves between real event loops: it runs one call at a time, in the order of each
 * thread.
 */
@Timeout(120)
class EngineSessionStressTest {
    private static final int THREADS = 4;
    private static final int EACH = 20_000;
    private static final int MOVES = 300;

    private final List<ThreadLoop> loops = List.of(new ThreadLoop(), new ThreadLoop(), new ThreadLoop());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final StubGeneration generation = new StubGeneration("stub", told);
    private final Engine engine = new Engine(
            new EngineOptions("/socket.io", SessionOptions.DEFAULTS, Origins.SAME, 10, null),
            List.of(generation),
            (session, head) -> new IgnoringClient(),
            () -> 0);

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mistakes = new AtomicInteger();
    private final CountDownLatch sent = new CountDownLatch(THREADS * EACH);
    private final int[] next = new int[THREADS]; // not thread-safe: the session has to be

    @AfterEach
    void stop() {
        loops.forEach(loop -> loop.executor.shutdownNow());
    }

    @Test
    void nothingOverlapsIsLostOrOvertaken() throws Exception {
        generation.reaction = this::check;
        EngineSession session = open();
        ExecutorService senders = Executors.newFixedThreadPool(THREADS);
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            senders.execute(() -> {
                for (int n = 0; n < EACH; n++) {
                    send(session, thread, n);
                }
            });
        }
        for (int move = 0; move < MOVES; move++) {
            move(session, loops.get(move % loops.size()));
        }
        senders.shutdown();

        assertThat(sent.await(60, TimeUnit.SECONDS)).as("all sent").isTrue();
        assertThat(mistakes).hasValue(0);
        assertThat(next).containsOnly(EACH);
        assertThat(told.stream().filter(call -> call.startsWith("opened"))).hasSize(MOVES);
    }

    /** Sends from a thread of the application, alone or as a broadcast does; both keep the order. */
    private static void send(EngineSession session, int thread, int number) {
        Encoded encoded = Encoded.text(Bytes.utf8(thread + " " + number));
        if (number % 3 == 0) {
            Reservation reservation = new Reservation(session.engine().budget(), 1);
            if (session.enqueue(encoded, Delivery.RELIABLE, reservation)) {
                session.loop().execute(() -> {
                    session.work();
                    session.engine().budget().arrived(reservation.share(encoded));
                });
            }
        } else {
            session.send(encoded);
        }
    }

    private void check(String call) {
        mistakes.addAndGet(inside.getAndIncrement());
        if (call.startsWith("send ")) {
            String[] words = call.split(" ");
            if (next[Integer.parseInt(words[1])]++ != Integer.parseInt(words[2])) {
                mistakes.incrementAndGet();
            }
            sent.countDown();
        }
        inside.decrementAndGet();
    }

    /** Opens and closes a WebSocket on another event loop. */
    private void move(EngineSession session, ThreadLoop home) throws Exception {
        StubLine line = new StubLine("line", home, told);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        home.execute(() -> {
            session.lineOpened(line);
            session.text(line, Bytes.utf8("x"));
            session.lineClosed(line, CloseReason.TRANSPORT_CLOSE);
            session.execute(() -> gone.complete(null));
        });
        gone.get(60, TimeUnit.SECONDS);
    }

    private EngineSession open() throws Exception {
        StubExchange exchange = new StubExchange(RecordedHead.webSocket("/socket.io/stub"), loops.get(0));
        CompletableFuture<Void> opened = new CompletableFuture<>();
        loops.get(0).execute(() -> {
            engine.serve(exchange);
            opened.complete(null);
        });
        opened.get(60, TimeUnit.SECONDS);
        return Objects.requireNonNull(exchange.upgradedTo);
    }

    /** An event loop with a thread of its own. */
    private static final class ThreadLoop implements EventLoop {
        private final ThreadLocal<Boolean> here = ThreadLocal.withInitial(() -> false);
        private final ExecutorService executor = Executors.newSingleThreadExecutor();

        ThreadLoop() {
            executor.execute(() -> here.set(true));
        }

        @Override
        public boolean inLoop() {
            return here.get();
        }

        @Override
        public void execute(Runnable task) {
            executor.execute(task);
        }

        @Override
        public Future<?> schedule(Runnable task, long delayMillis) {
            return new CompletableFuture<>();
        }
    }
}
