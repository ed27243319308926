package io.everwire.engine;

import io.everwire.protocol.WebSocketLine;

/** A WebSocket as its host presents it to the engine: a {@link WebSocketLine} that can also stop listening. */
public interface HostLine extends WebSocketLine {
    /** The loop of its connection: where it is told things, and where it tells the session. */
    EventLoop eventLoop();

    /**
     * Stops or resumes reading from the peer, at once or soon: what the peer sends meanwhile waits in the network, and in
     * the end with the peer. Called on {@link #eventLoop}; also while the line is closing.
     */
    void reading(boolean on);

    /**
     * Has it tell {@link EngineSession#unread} after the next flush at least, even if nothing is left then: it is about to carry what
     * others are sent as well. Called as {@link #reading}.
     */
    default void tellUnread() {}

    /** Ends the connection at once; what waits for the peer is forgotten. Called as {@link #reading}. */
    default void abort() {
        close(NO_STATUS);
    }
}
