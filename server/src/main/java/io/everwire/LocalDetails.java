package io.everwire;

import io.everwire.adapter.SocketDetails;
import io.everwire.protocol.Bytes;
import java.util.Set;

/** What others may know of a socket of this server, as it is when they ask. */
record LocalDetails(Socket socket) implements SocketDetails {
    @Override
    public String id() {
        return socket.id();
    }

    @Override
    public Set<String> rooms() {
        return socket.rooms();
    }

    @Override
    public Bytes handshake() {
        return socket.handshake().json();
    }

    @Override
    public Bytes data() {
        return socket.attributes().json(socket.outgoing().codec());
    }
}
