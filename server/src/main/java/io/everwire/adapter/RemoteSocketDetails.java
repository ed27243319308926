package io.everwire.adapter;

import io.everwire.protocol.Bytes;
import java.util.Set;

/** The details of a socket as another server sent them. Immutable. */
record RemoteSocketDetails(String id, Set<String> rooms, Bytes handshake, Bytes data) implements SocketDetails {
    /** Copies the set. */
    RemoteSocketDetails {
        rooms = Set.copyOf(rooms);
    }
}
