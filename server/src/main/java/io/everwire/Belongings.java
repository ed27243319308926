package io.everwire;

import io.everwire.adapter.SavedSession;

/** What is kept with one socket, by the application and for it. Any thread may use it. */
record Belongings(Attributes attributes, PendingCalls calls, SocketListeners listeners) {
    Belongings(Socket socket, Attributes attributes) {
        this(attributes, new PendingCalls(socket), new SocketListeners(socket.namespace()));
    }

    /** Those of a socket that goes on with what another had. */
    static Belongings of(Socket socket, SavedSession session) {
        return new Belongings(
                socket, SavedAttributes.of(session.data(), socket.outgoing().codec()));
    }
}
