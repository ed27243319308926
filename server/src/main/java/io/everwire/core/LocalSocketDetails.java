package io.everwire.core;

import io.everwire.adapter.SocketDetails;
import io.everwire.protocol.Bytes;
import java.util.Set;

/** The details of a socket of this server, as they are when they are read. */
record LocalSocketDetails(CoreSocket socket) implements SocketDetails {
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
        return socket.attributes().json(socket.codec());
    }
}
