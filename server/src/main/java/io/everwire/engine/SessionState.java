package io.everwire.engine;

/**
 * The states of an {@link EngineSession}. Each event leads to the same or a later state, so that their order may be
 * any.
 */
enum SessionState {
    /** The client is not reached by any transport yet. */
    OPENING,
    /** The client is reached by a transport. */
    OPEN,
    /** As {@link #ENDING}, but the client is not reached by any transport yet. */
    ENDING_UNREACHED,
    /**
     * The server closed the session, which may still send its last packets. Packets of the client are not passed on.
     */
    ENDING,
    /** The listener was notified that the session is closed. */
    CLOSED;

    /** Returns the state after a transport has reached the client. */
    SessionState reached() {
        return switch (this) {
            case OPENING -> OPEN;
            case ENDING_UNREACHED -> ENDING;
            case OPEN, ENDING, CLOSED -> this;
        };
    }

    /** Returns the state after the server has closed the session. */
    SessionState ended() {
        return switch (this) {
            case OPENING -> ENDING_UNREACHED;
            case OPEN -> ENDING;
            case ENDING_UNREACHED, ENDING, CLOSED -> this;
        };
    }

    /** Returns whether no transport has reached the client. */
    boolean isUnreached() {
        return this == OPENING || this == ENDING_UNREACHED;
    }

    /** Returns whether the session is closed or will be. */
    boolean isEnding() {
        return compareTo(ENDING_UNREACHED) >= 0;
    }
}
