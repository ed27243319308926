package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import java.util.HashMap;
import java.util.Map;

/**
 * The namespaces that a client has joined, learnt from the packets in both directions.
 *
 * <p>A client asks twice if {@code connect()} is called twice, the first time by itself, and clients 1.x count the
 * answers. To the server a second packet would violate the protocol. So the server is notified once, and its answer is
 * written as often as the client asked.
 */
final class Eio3Namespaces {
    /** The states of a namespace that the client has asked for. */
    private enum State {
        /** The server has not answered. */
        REQUESTED,
        /** The server has confirmed. */
        JOINED,
        /** The server removed the client. The client may still send packets until it is notified. */
        REMOVED
    }

    /** The state of one namespace, and the number of requests to join it that are not answered yet. */
    private static final class Membership {
        private State state = State.REQUESTED;
        private int requests = 1;
    }

    private static final char CONNECT = '0' + Eio3Encoder.CONNECT;
    private static final char DISCONNECT = '0' + Eio3Encoder.DISCONNECT;
    private static final char ERROR = '0' + Eio3Encoder.ERROR;

    /** The namespaces by name; one that the client left, or was refused, is not in it. */
    private final Map<String, Membership> memberships = new HashMap<>(2);

    /**
     * Records that the client asks to join.
     *
     * @return whether the server is to be notified: neither while it decides nor once the client has joined
     */
    boolean request(String namespace) {
        Membership membership = memberships.get(namespace);
        if (membership == null || membership.state == State.REMOVED) {
            memberships.put(namespace, new Membership());
            return true;
        }
        membership.requests++;
        return false;
    }

    /** Returns whether the client has joined. A further request is then answered without the server. */
    boolean isJoined(String namespace) {
        Membership membership = memberships.get(namespace);
        return membership != null && membership.state == State.JOINED;
    }

    /** Records that the client leaves. */
    void leave(String namespace) {
        memberships.remove(namespace);
    }

    /**
     * Returns whether the server knows the client in the namespace; the reference ignores packets for other namespaces.
     */
    boolean knows(String namespace) {
        return memberships.containsKey(namespace);
    }

    /**
     * Takes note of a packet that the server sends: {@code 40…}, {@code 41…} and {@code 44…} change a membership.
     *
     * @return the number of times that the client expects it
     */
    int sent(Bytes text) {
        int type = text.length() < 2 ? -1 : text.at(1);
        if (type != CONNECT && type != DISCONNECT && type != ERROR) {
            return 1;
        }
        String namespace = namespace(text);
        Membership membership = memberships.get(namespace);
        // The client has left meanwhile: the packet is sent once.
        if (membership == null) {
            return 1;
        }
        int requests = membership.state == State.REQUESTED ? membership.requests : 1;
        membership.state = type == CONNECT ? State.JOINED : State.REMOVED;
        if (type == ERROR) {
            memberships.remove(namespace);
        }
        return type == DISCONNECT ? 1 : requests;
    }

    /** Returns the namespace of an encoded packet: {@code 40/admin,} yields {@code /admin}. */
    private static String namespace(Bytes text) {
        if (text.length() < 3 || text.at(2) != '/') {
            return Packet.ROOT;
        }
        int comma = 2;
        while (comma < text.length() && text.at(comma) != ',') {
            comma++;
        }
        return text.slice(2, comma).toString();
    }
}
