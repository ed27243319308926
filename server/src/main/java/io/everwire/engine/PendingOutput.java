package io.everwire.engine;

import io.everwire.protocol.Encoded;

/** The queued bytes of one client, as the server counts them. Used on the event loop. */
final class PendingOutput extends OutputBudget.Holder {
    private final EngineSession session;
    private final OutputBudget budget;
    private int inSession;
    private long inHost;

    /** The bytes sent to the client that are in memory once for all their receivers. */
    private long shared;

    /** The value of {@link #shared} when nothing was queued last. */
    private long sharedBefore;

    PendingOutput(EngineSession session, OutputBudget budget) {
        this.session = session;
        this.budget = budget;
    }

    /** Counts a packet that other clients are sent as well. */
    void shares(Encoded encoded) {
        shared += encoded.size() - encoded.size() / OutputBudget.receivers(encoded);
    }

    /** Counts the bytes queued in the session. On a WebSocket, packets sent in a turn are still to be flushed. */
    void inSession(int bytes) {
        if (bytes > 0 || inSession > 0 || !session.hasLine()) {
            inSession = bytes;
            weigh();
        }
    }

    /** Counts the flushed bytes queued in the host. */
    void inHost(long bytes) {
        inHost = bytes;
        weigh();
    }

    /** While a WebSocket takes no more data, both sides count the same queued bytes. */
    private void weigh() {
        long all = Math.max(inSession, inHost);
        if (all == 0) {
            sharedBefore = shared;
        }
        budget.hold(this, Math.max(0, all - (shared - sharedBefore)));
    }

    @Override
    protected void evict() {
        session.evict();
    }
}
