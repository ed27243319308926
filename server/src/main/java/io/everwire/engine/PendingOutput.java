package io.everwire.engine;

import io.everwire.protocol.Encoded;

/** What one client has still to read, as its server counts it. Used on the session's loop. */
final class PendingOutput extends OutputBudget.Holder {
    private final OutboundQueue slot;
    private final OutputBudget budget;
    private int inSession;
    private long inHost;

    /** Of all that was sent to it, what is in memory once for all who were sent it; and how much when nothing was left to read. */
    private long shared;

    private long sharedBefore;

    PendingOutput(OutboundQueue slot, OutputBudget budget) {
        this.slot = slot;
        this.budget = budget;
    }

    /** It is sent something that others are sent as well. */
    void shares(Encoded encoded) {
        shared += encoded.size() - encoded.size() / OutputBudget.receivers(encoded);
    }

    /** So much waits in its session. On a WebSocket, what is sent in a turn is still to be flushed. */
    void inSession(int bytes) {
        if (bytes > 0 || inSession > 0 || !slot.hasLine()) {
            inSession = bytes;
            weigh();
        }
    }

    /** So much of what was flushed waits for its peer. */
    void inHost(long bytes) {
        inHost = bytes;
        weigh();
    }

    /** While a WebSocket takes no more, what waits is seen from both sides. */
    private void weigh() {
        long all = Math.max(inSession, inHost);
        if (all == 0) {
            sharedBefore = shared;
        }
        budget.hold(this, Math.max(0, all - (shared - sharedBefore)));
    }

    @Override
    protected void evict() {
        slot.evict();
    }
}
