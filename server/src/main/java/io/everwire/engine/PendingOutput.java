package io.everwire.engine;

import io.everwire.protocol.Encoded;
import org.jspecify.annotations.Nullable;

/** The queued bytes of one client, as the server counts them. Used on the event loop. */
final class PendingOutput extends MemoryBudget.Holder {
    /** A client that has taken nothing for this time does not keep up, in milliseconds. */
    private static final long STUCK = 1_000;

    private final EngineSession session;
    private final OutputBudget budget;
    private @Nullable LatestPackets latest;
    private int inSession;
    private long inHost;

    /** The bytes sent to the client that are in memory once for all their receivers. */
    private long shared;

    /** The value of {@link #shared} when nothing was queued last. */
    private long sharedBefore;

    /** The time at which the client took bytes last. */
    private volatile long tookAt;

    PendingOutput(EngineSession session, OutputBudget budget) {
        this.session = session;
        this.budget = budget;
        this.tookAt = session.now();
    }

    /** Counts a packet that other clients are sent as well. */
    void shares(Encoded encoded) {
        shared += encoded.size() - encoded.size() / OutputBudget.receivers(encoded);
    }

    /** Counts the bytes queued in the session. On a WebSocket, packets sent in a turn are still to be flushed. */
    void inSession(int bytes) {
        if (bytes > 0 || inSession > 0 || !session.hasLine()) {
            took(bytes < inSession);
            inSession = bytes;
            weigh();
        }
    }

    /** Counts the flushed bytes queued in the host. */
    void inHost(long bytes) {
        took(bytes < inHost);
        inHost = bytes;
        weigh();
    }

    /** Returns whether volatile packets are kept for the client. */
    boolean keepsLatest() {
        return latest != null && !latest.isEmpty();
    }

    /** Returns the volatile packets that are kept for the client. After a change, {@link #latestChanged} is called. */
    LatestPackets latest() {
        LatestPackets known = latest;
        if (known == null) {
            known = new LatestPackets();
            latest = known;
        }
        return known;
    }

    void latestChanged() {
        weigh();
    }

    private void took(boolean some) {
        if (some) {
            tookAt = session.now();
        }
    }

    /** While a WebSocket takes no more data, both sides count the same queued bytes. */
    private void weigh() {
        long all = Math.max(inSession, inHost);
        if (all == 0) {
            sharedBefore = shared;
            tookAt = session.now();
        }
        budget.hold(this, Math.max(0, all - (shared - sharedBefore)) + (latest == null ? 0 : latest.shares()));
    }

    /** A client that keeps up is not closed because others do not. */
    @Override
    protected boolean first() {
        return session.now() - tookAt > STUCK;
    }

    @Override
    protected void evict() {
        session.evict();
    }
}
