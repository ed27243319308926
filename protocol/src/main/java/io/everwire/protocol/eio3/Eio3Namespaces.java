package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which namespaces a client has joined, read off the packets that pass. Its clients ask twice if {@code connect()} is called
 * twice, the first time by themselves, and 1.x count the answers they get; to the server a second packet would be a broken
 * rule. So the server hears of it once, and what it answers is written as often as it was asked for.
 */
final class Eio3Namespaces {
    private enum State {
        /** The server has not answered. */
        REQUESTED,
        JOINED,
        /** The server took the client out; the client may still be heard until it knows. */
        REMOVED
    }

    private static final class Membership {
        private State state = State.REQUESTED;
        private int requests = 1;
    }

    private static final char CONNECT = '0' + Eio3Encoder.CONNECT;
    private static final char DISCONNECT = '0' + Eio3Encoder.DISCONNECT;
    private static final char ERROR = '0' + Eio3Encoder.ERROR;

    private final Map<String, Membership> memberships = new HashMap<>(2);

    /**
     * The client asks to join.
     *
     * @return whether the server is to hear of it: not while it decides, nor once the client has joined
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

    /** Whether the client has joined, and if it asks again only has to be told so. */
    boolean isJoined(String namespace) {
        Membership membership = memberships.get(namespace);
        return membership != null && membership.state == State.JOINED;
    }

    /** The client leaves. */
    void leave(String namespace) {
        memberships.remove(namespace);
    }

    /** Whether the server knows the client there; the reference passes over packets to other namespaces. */
    boolean knows(String namespace) {
        return memberships.containsKey(namespace);
    }

    /**
     * Takes note of what the server sends: {@code 40…}, {@code 41…} and {@code 44…}.
     *
     * @return how often the client expects it
     */
    int sent(Bytes text) {
        int type = text.length() < 2 ? -1 : text.at(1);
        if (type != CONNECT && type != DISCONNECT && type != ERROR) {
            return 1;
        }
        String namespace = namespace(text);
        Membership membership = memberships.get(namespace);
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
