package io.everwire.netty;

import io.everwire.engine.MemoryBudget;

/** The message of one WebSocket that has arrived in part, as the server counts it. */
final class IncompleteMessage extends MemoryBudget.Holder {
    private final NettyEventLoop loop;
    private final Runnable refusal;

    /** @param refusal closes the WebSocket because the server has no memory for its message; called on {@code loop} */
    IncompleteMessage(NettyEventLoop loop, Runnable refusal) {
        this.loop = loop;
        this.refusal = refusal;
    }

    @Override
    protected void evict() {
        loop.execute(refusal);
    }
}
