package io.everwire.engine;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import io.everwire.protocol.RequestHead;

/** What the server wants to hear of one session. Called on the session's loop, one call at a time; must not block. */
public interface EngineSessionListener {
    /** The client comes with a request, or with a WebSocket that stands; told before the session is. */
    default void requestReceived(RequestHead head) {}

    /** A packet arrived. */
    void packet(Packet packet);

    /** The client is reached by this transport from now on. */
    void transport(String name);

    /** All that waited for the client is on its way. */
    default void drained() {}

    /** The session is over. Told once, and last. */
    void closed(CloseReason reason);

    /** Makes the port for a session that is about to start. */
    @FunctionalInterface
    interface Factory {
        /** Called on the session's loop before the session exists; the session must not be used before this returns. */
        EngineSessionListener open(EngineSession session, RequestHead head);
    }
}
