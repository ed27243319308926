package io.everwire.engine;

import org.jspecify.annotations.Nullable;

/**
 * The input of one session that is not complete, or not handled because the client is not read, as the server counts
 * it. Used in the session's turns.
 */
final class PendingInput extends MemoryBudget.Holder {
    private final EngineSession session;

    private PendingInput(EngineSession session) {
        this.session = session;
    }

    /**
     * Counts the input of a session now.
     *
     * @param known the object that this method returned last, or null
     * @return the object that counts it; null as long as it was always little
     */
    static @Nullable PendingInput count(@Nullable PendingInput known, EngineSession session, int bytes) {
        if (known == null && bytes < MemoryBudget.STEP) {
            return null;
        }
        PendingInput input = known == null ? new PendingInput(session) : known;
        session.inputBudget().hold(input, bytes);
        if (bytes > session.inputLimit()) {
            // Attachments of a client that has not joined.
            session.evict();
        }
        return input;
    }

    @Override
    protected void evict() {
        session.evict();
    }
}
