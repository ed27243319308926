package io.everwire;

import io.everwire.adapter.SavedSession;

/** What is kept with one socket, by the application and for it. Any thread may use it. */
record SocketState(Attributes attributes, PendingAcks calls, SocketListeners listeners) {
    SocketState(Socket socket, Attributes attributes) {
        this(attributes, new PendingAcks(socket), new SocketListeners(socket.namespace()));
    }

    /** Those of a socket that goes on with what another had. */
    static SocketState of(Socket socket, SavedSession session) {
        return new SocketState(
                socket, SavedAttributes.of(session.data(), socket.outgoing().codec()));
    }
}
