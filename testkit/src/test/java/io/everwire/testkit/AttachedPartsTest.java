package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.HostContext;
import io.everwire.Registration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The parts of hosts that own no port, and a server that closes. */
@Timeout(60)
class AttachedPartsTest {
    private final TestServer test = TestServer.create();
    private final HostContext context = test.server().unwrap(HostContext.class);
    private final List<String> reported = new CopyOnWriteArrayList<>();

    @Test
    void aPartIsClosedAfterTheSessionsAndOnce() {
        test.server().onConnection(socket -> socket.onDisconnect(reason -> reported.add(reason.toString())));
        test.connect();
        context.attach(() -> reported.add("part with " + test.server().engine().clientsCount()));

        test.close();
        test.close();

        assertThat(reported).containsExactly("server shutting down", "part with 0");
    }

    @Test
    void closingIsDoneOnlyWhenThePartHasClosed() throws Exception {
        CountDownLatch mayClose = new CountDownLatch(1);
        context.attach(mayClose::await);

        CompletableFuture<Void> closed = test.server().closeAsync();
        CompletableFuture<Void> again = test.server().closeAsync();
        assertThat(closed).isNotDone();
        assertThat(again).isNotDone();
        mayClose.countDown();

        closed.get(30, TimeUnit.SECONDS);
        again.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aPartThatFailsKeepsNoOtherOpenAndFailsTheClosing() {
        context.attach(() -> {
            throw new IllegalStateException("stuck");
        });
        context.attach(() -> reported.add("second"));

        assertThatThrownBy(() -> test.server().closeAsync().get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasStackTraceContaining("a part of a host could not be closed: stuck");
        assertThat(reported).containsExactly("second");
    }

    @Test
    void aRemovedPartIsNotClosed() {
        Registration registration = context.attach(() -> reported.add("removed"));

        registration.remove();
        test.close();

        assertThat(reported).isEmpty();
    }

    @Test
    void aClosedServerTakesNoPart() {
        test.close();

        assertThatThrownBy(() -> context.attach(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server is closed and takes no part of a host");
    }
}
