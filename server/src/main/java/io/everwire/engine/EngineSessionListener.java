package io.everwire.engine;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import io.everwire.protocol.RequestHead;

/** Is notified about one session. Called in the session's turn, one call at a time; implementations must not block. */
public interface EngineSessionListener {
    /** The client sent a request, or its WebSocket was opened. Called before the session is. */
    default void requestReceived(RequestHead head) {}

    /** A packet arrived. */
    void packet(Packet packet);

    /** This transport reaches the client from now on. */
    void transport(String name);

    /** All queued bytes are on the way to the client. */
    default void drained() {}

    /** The session is closed. Called once; no other call follows. */
    void closed(CloseReason reason);

    /** Makes the listener of a session that is about to be opened. */
    @FunctionalInterface
    interface Factory {
        /**
         * Called on the event loop before the session is opened; {@code session} must not be used before this returns.
         */
        EngineSessionListener open(EngineSession session, RequestHead head);
    }

    /**
     * Returns the bytes that may have arrived for a packet that is not complete, beside the limits of the session: less
     * for a client that has not joined. Any thread. The default is {@link Integer#MAX_VALUE}.
     */
    default int inputLimit() {
        return Integer.MAX_VALUE;
    }
}
