package io.everwire.engine;

import io.everwire.protocol.WebSocketLine;

/** A WebSocket that a host passes to the engine: a {@link WebSocketLine} that can also stop reading. */
public interface HostLine extends WebSocketLine {
    /** Returns the event loop of its connection. The engine and the host call each other there. */
    EventLoop eventLoop();

    /**
     * Stops or resumes reading from the peer, at once or soon. Data that the peer sends meanwhile stays in the network,
     * and in the end with the peer. Called on {@link #eventLoop}, also while the WebSocket is closing.
     */
    void reading(boolean on);

    /**
     * Has it call {@link EngineSession#unread} at least after the next flush, even if it leaves nothing queued: a
     * packet that is shared with other sessions follows. Called as {@link #reading}.
     */
    default void tellUnread() {}

    /** Aborts the connection; bytes queued for the peer are dropped. Called as {@link #reading}. */
    default void abort() {
        close(NO_STATUS);
    }
}
