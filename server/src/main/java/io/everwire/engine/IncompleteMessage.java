package io.everwire.engine;

import io.everwire.protocol.ReachedLimit;

/**
 * The message of one WebSocket that has arrived in part, as the server counts it. Hosts create it when
 * {@link MemoryBudget#STEP} bytes have arrived for the first time. Used on the event loop of the WebSocket.
 */
public final class IncompleteMessage extends MemoryBudget.Holder {
    private final EngineSession session;
    private final EventLoop loop;
    private final Runnable refusal;

    /** @param refusal closes the WebSocket because the server has no memory for its message; called on {@code loop} */
    public IncompleteMessage(EngineSession session, EventLoop loop, Runnable refusal) {
        this.session = session;
        this.loop = loop;
        this.refusal = refusal;
    }

    /**
     * Counts the bytes that have arrived, and refuses the message if they are too many. Called after each read.
     *
     * @param bytes 0 if no message is incomplete
     */
    public void count(int bytes) {
        session.inputBudget().hold(this, bytes);
        int most = session.inputLimit();
        if (bytes > most) {
            session.limitReached(new ReachedLimit("maxAuthBytes", most, bytes), "the WebSocket was closed");
            refusal.run();
        }
    }

    @Override
    protected void evict() {
        loop.execute(refusal);
    }
}
