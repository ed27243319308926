package io.everwire.adapter;

import io.everwire.protocol.Bytes;
import java.util.Set;

/** The data of a socket that the servers of a cluster send each other. Any thread may use it. */
public interface SocketDetails {
    /** Returns the details that another server sent. */
    static SocketDetails of(String id, Set<String> rooms, Bytes handshake, Bytes data) {
        return new RemoteSocketDetails(id, rooms, handshake, data);
    }

    /** Returns the public id. */
    String id();

    /** Returns its rooms; a snapshot. */
    Set<String> rooms();

    /** Returns the handshake: a JSON object, with the members that the Node server writes. */
    Bytes handshake();

    /** Returns the attributes that other servers may receive: a JSON object. */
    Bytes data();
}
