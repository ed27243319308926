package io.everwire.engine;

import io.everwire.protocol.Line;

/** A WebSocket as its host presents it to the engine: a {@link Line} that can also stop listening. */
public interface HostLine extends Line {
    /**
     * Stops or resumes reading from the peer, at once or soon: what the peer sends meanwhile waits in the network, and in
     * the end with the peer. Called on the loop given to {@link SessionSlot#lineOpened}; also while the line is closing.
     */
    void reading(boolean on);

    /** Ends the connection at once; what waits for the peer is forgotten. Called as {@link #reading}. */
    default void cut() {
        close(NO_STATUS);
    }
}
