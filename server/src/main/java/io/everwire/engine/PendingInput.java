package io.everwire.engine;

/**
 * The input of one session that is not complete, or not handled because the client is not read, as the server counts
 * it. Used in the session's turns.
 */
final class PendingInput extends MemoryBudget.Holder {
    private final EngineSession session;

    PendingInput(EngineSession session) {
        this.session = session;
    }

    @Override
    protected void evict() {
        session.evict();
    }
}
