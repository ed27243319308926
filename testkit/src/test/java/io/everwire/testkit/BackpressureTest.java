package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handlers that are slower than their client: the client waits, and the server's memory stays small. */
class BackpressureTest {
    private static final int LIMIT = 10_000;
    private static final String KILOBYTE = "x".repeat(1_000);

    private final Deque<Runnable> handlers = new ArrayDeque<>();
    private final TestServer test = TestServer.createThreaded(ServerOptions.builder()
            .maxPendingInput(LIMIT)
            .handlerExecutor(handlers::add)
            .build());
    private final List<String> reported = new ArrayList<>();
    private final TestClient alice = test.connect();

    BackpressureTest() {
        test.server().on("e", String.class, (socket, text) -> reported.add(text));
    }

    @Test
    void aClientWhoseHandlersKeepUpIsRead() {
        for (int i = 0; i < 100; i++) {
            alice.emit("e", KILOBYTE);
            handle();
            assertThat(isRead(alice)).isTrue();
        }
        assertThat(reported).hasSize(100);
    }

    @Test
    void aClientIsNotReadWhileTooMuchWaitsAndReadAgainAfterwards() {
        for (int i = 0; i < 50; i++) {
            alice.emit("e", KILOBYTE + i);
        }
        assertThat(isRead(alice)).isFalse();

        handle();

        assertThat(isRead(alice)).isTrue();
        assertThat(reported).hasSize(50).startsWith(KILOBYTE + 0).endsWith(KILOBYTE + 49);
    }

    @Test
    void notMuchMoreThanTheLimitIsTakenIn() {
        for (int i = 0; i < 50; i++) {
            alice.emit("e", KILOBYTE);
        }

        handleOnce();

        assertThat(reported).hasSizeBetween(LIMIT / 2_000, LIMIT / 1_000 + 1);
    }

    @Test
    void manySmallEventsCountAsWell() {
        for (int i = 0; i < 1_000; i++) {
            alice.emit("e", "");
        }

        assertThat(isRead(alice)).isFalse();
        handle();
        assertThat(reported).hasSize(1_000);
    }

    @Test
    void eventsThatNobodyHandlesAreWorkedOffAsWell() {
        for (int i = 0; i < 50; i++) {
            alice.emit("nobody", KILOBYTE);
        }
        alice.emit("e", "last");

        handle();

        assertThat(isRead(alice)).isTrue();
        assertThat(reported).containsExactly("last");
    }

    @Test
    void oneClientsBacklogIsNotAnothers() {
        TestClient bob = test.connect();
        for (int i = 0; i < 50; i++) {
            alice.emit("e", KILOBYTE);
        }

        bob.emit("e", "bob");

        assertThat(isRead(alice)).isFalse();
        assertThat(isRead(bob)).isTrue();
    }

    @Test
    void ofAClientThatLeavesWhileItIsNotReadWhatWasReadIsHandledAndNoMore() {
        for (int i = 0; i < 50; i++) {
            alice.emit("e", KILOBYTE);
        }
        alice.connection().close();

        handle();

        assertThat(reported).as("events read").hasSizeBetween(LIMIT / 2_000, LIMIT / 1_000 + 1);
        assertThat(test.server().sockets()).isEmpty();
        assertThat(test.server().engine().clientsCount()).isZero();
    }

    private static boolean isRead(TestClient client) {
        return client.connection().webSocket().isRead();
    }

    /** Runs handlers until none is queued. */
    private void handle() {
        while (!handlers.isEmpty()) {
            handlers.remove().run();
        }
    }

    /** Runs the handlers of events received so far, and reads nothing meanwhile. */
    private void handleOnce() {
        test.time().atOnce(this::handle);
    }
}
