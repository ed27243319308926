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
    private final CountDownLatch decided = new CountDownLatch(1);

    /** Ends waiting. Any thread. */
    void decided() {
        decided.countDown();
    }

    /**
     * Waits for the verdict. Called on the container's thread.
     *
     * @param refusal rejects the request, and so decides, if too many threads wait or the verdict takes too long
     */
    void await(ServletHost host, Consumer<ReachedLimit> refusal) {
        long most = host.options().requestTimeout().toMillis();
        if (decided.getCount() == 0) {
            return;
        }
        try {
            if (!host.waiting().tryAcquire()) {
                refusal.accept(
                        ReachedLimit.beyond("maxWaitingThreads", host.options().maxWaitingThreads()));
            } else {
                try {
                    if (!decided.await(most, TimeUnit.MILLISECONDS)) {
                        refusal.accept(ReachedLimit.time("requestTimeout", most));
                    }
                } finally {
                    host.waiting().release();
                }
            }
            decided.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            refusal.accept(ReachedLimit.time("requestTimeout", most));
        }
    }
}
