package io.everwire.netty;

import io.everwire.engine.MemoryBudget;

/**
 * The bytes of one HTTP connection that make up no request yet, or requests that wait for the response to an earlier
 * one, as the server counts them. Used on the event loop only.
 */
final class UnansweredInput extends MemoryBudget.Holder {
    /** An estimate of the memory of a byte of a head in the codec of Netty: the byte, its character, and objects. */
    private static final int PER_BYTE = 3;

    private final MemoryBudget budget;
    private final Runnable refusal;
    private int bytes;

    /** @param refusal closes the connection because the server has no memory; called on any thread */
    UnansweredInput(MemoryBudget budget, Runnable refusal) {
        this.budget = budget;
        this.refusal = refusal;
    }

    /** Counts the bytes of a read that ended without leaving the connection free. */
    void add(int read) {
        bytes += PER_BYTE * read;
        if (bytes >= MemoryBudget.STEP) {
            budget.hold(this, bytes);
        }
    }

    /** Counts nothing: all requests are answered, and the connection closed or awaits the next one. */
    void clear() {
        if (bytes > 0) {
            bytes = 0;
            budget.hold(this, 0);
        }
    }

    @Override
    protected void evict() {
        refusal.run();
    }
}
