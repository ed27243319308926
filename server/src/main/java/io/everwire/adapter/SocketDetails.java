package io.everwire.adapter;

import io.everwire.protocol.Bytes;
import java.util.Set;

/** What servers tell each other of a socket. */
public interface SocketDetails {
    /** As another server told it. */
    static SocketDetails of(String id, Set<String> rooms, Bytes handshake, Bytes data) {
        return new Told(id, Set.copyOf(rooms), handshake, data);
    }

    /** Its public id. */
    String id();

    /** The rooms it is in; a snapshot. */
    Set<String> rooms();

    /** How it came to be: a JSON object, with the members that the Node server gives it. */
    Bytes handshake();

    /** What the application keeps with it, as far as other servers may know it: a JSON object. */
    Bytes data();

    /** Details that do not change any more. */
    record Told(String id, Set<String> rooms, Bytes handshake, Bytes data) implements SocketDetails {}
}
