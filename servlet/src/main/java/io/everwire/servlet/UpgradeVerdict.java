package io.everwire.servlet;

import io.everwire.protocol.ReachedLimit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The verdict about one request for a WebSocket, for which the container's thread waits: only this thread can upgrade
 * the connection.
 */
final class UpgradeVerdict {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch decided = new CountDownLatch(1);

    /** The engine was asked. Any thread. */
    void begun() {
        begun.countDown();
    }

    /** Ends waiting. Any thread. */
    void decided() {
        decided.countDown();
    }

    /**
     * Waits for the verdict. Called on the container's thread, which holds no strand. The time until the engine is asked
     * is that of other tasks of the strand, and does not count as waiting: with many requests at once, most threads
     * find the strand held.
     *
     * @param refusal rejects the request unless it was decided meanwhile; called if too many threads wait, or the verdict
     *     takes too long
     */
    void await(ServletHost host, Consumer<ReachedLimit> refusal) {
        long most = host.options().requestTimeout().toMillis();
        try {
            if (!begun.await(most, TimeUnit.MILLISECONDS)) {
                refusal.accept(ReachedLimit.time("requestTimeout", most));
            } else if (decided.getCount() > 0) {
                awaitLate(host, most, refusal);
            }
            decided.await();
        } catch (InterruptedException stopping) {
            refusal.accept(ReachedLimit.time("requestTimeout", most));
            awaitRefusal();
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a verdict that the application gives later. */
    private void awaitLate(ServletHost host, long most, Consumer<ReachedLimit> refusal) throws InterruptedException {
        if (!host.waiting().tryAcquire()) {
            refusal.accept(
                    ReachedLimit.beyond("maxWaitingThreads", host.options().maxWaitingThreads()));
            return;
        }
        try {
            if (!decided.await(most, TimeUnit.MILLISECONDS)) {
                refusal.accept(ReachedLimit.time("requestTimeout", most));
            }
        } finally {
            host.waiting().release();
        }
    }

    /** Waits for the strand to take the refusal: a request that is granted before needs this thread. */
    private void awaitRefusal() {
        while (decided.getCount() > 0) {
            try {
                decided.await();
            } catch (InterruptedException again) {
                // The caller interrupts this thread again.
            }
        }
    }
}
