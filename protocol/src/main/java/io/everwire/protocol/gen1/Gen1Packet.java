package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a packet, {@code type:id[+]:endpoint[:data]}. The data is not decoded yet.
 *
 * @param type one of the constants here
 * @param id the id that the receipt or answer must carry, or {@link Packet#NO_ACK}
 * @param answered whether the application answers ({@code +}); otherwise the packet's arrival is confirmed
 * @param namespace the endpoint without its query; {@link Packet#ROOT} if the endpoint is empty
 * @param query the endpoint's query with its {@code ?}; or empty
 */
record Gen1Packet(int type, long id, boolean answered, String namespace, String query, Bytes data) {
    static final int DISCONNECT = 0;
    static final int CONNECT = 1;
    static final int HEARTBEAT = 2;
    static final int MESSAGE = 3;
    static final int JSON = 4;
    static final int EVENT = 5;
    static final int ACK = 6;
    static final int ERROR = 7;
    static final int NOOP = 8;

    /** The largest integer that JavaScript represents exactly: 2<sup>53</sup>−1. The original accepted any digits. */
    static final long MAX_ID = (1L << 53) - 1;

    /**
     * Splits a packet into its parts.
     *
     * @param packet UTF-8
     * @return null if it is malformed, or if its endpoint cannot exist: the original ignores both
     */
    static @Nullable Gen1Packet read(Bytes packet) {
        int type = packet.isEmpty() ? -1 : packet.at(0) - '0';
        if (type < DISCONNECT || type > NOOP) {
            return null;
        }
        if (packet.length() == 1) {
            // The written specification of 2011 disconnects with "0" alone; the original's parser requires two colons.
            return new Gen1Packet(type, Packet.NO_ACK, false, Packet.ROOT, "", Bytes.EMPTY);
        }
        // Example: in 5:2+:/chat:{} the id is 2, the plus asks for an answer, the endpoint is /chat.
        int digits = digitsEnd(packet, 2);
        boolean answered = digits < packet.length() && packet.at(digits) == '+';
        int endpoint = answered ? digits + 2 : digits + 1;
        long id = number(packet, 2, digits);
        if (packet.at(1) != ':' || endpoint > packet.length() || packet.at(endpoint - 1) != ':' || id > MAX_ID) {
            return null;
        }
        int colon = colon(packet, endpoint);
        // Without a third colon the packet has no data.
        Bytes data = packet.slice(Math.min(colon + 1, packet.length()), packet.length());
        return at(type, id, answered, packet.slice(endpoint, colon), data);
    }

    /** Returns whether the packet's arrival must be confirmed, even if the packet is dropped later. */
    boolean wantsReceipt() {
        return id != Packet.NO_ACK && !answered;
    }

    /** Returns the ack id for the application, which answers only packets with a {@code +}. */
    long ackId() {
        return answered ? id : Packet.NO_ACK;
    }

    /** Returns the index behind the digits that begin at {@code from}; {@code from} itself if none do. */
    static int digitsEnd(Bytes packet, int from) {
        int at = from;
        while (at < packet.length() && packet.at(at) >= '0' && packet.at(at) <= '9') {
            at++;
        }
        return at;
    }

    /**
     * Returns the value of digits; {@link Packet#NO_ACK} if there are none, and a value above {@link #MAX_ID} if they
     * exceed it.
     */
    static long number(Bytes packet, int from, int to) {
        long number = from == to ? Packet.NO_ACK : 0;
        for (int i = from; i < to && number <= MAX_ID; i++) {
            number = 10 * number + packet.at(i) - '0';
        }
        return number;
    }

    /** Returns the packet for its endpoint, or null if no such endpoint can exist. */
    private static @Nullable Gen1Packet at(int type, long id, boolean answered, Bytes endpoint, Bytes data) {
        if (endpoint.isEmpty()) {
            return new Gen1Packet(type, id, answered, Packet.ROOT, "", data);
        }
        if (endpoint.at(0) != '/') {
            return null;
        }
        String text = endpoint.toString();
        int mark = text.indexOf('?');
        String namespace = mark < 0 ? text : text.substring(0, mark);
        // The root's endpoint is empty, so "/" is the name of no namespace.
        boolean possible = namespace.length() > 1;
        String query = mark < 0 ? "" : text.substring(mark);
        return possible ? new Gen1Packet(type, id, answered, namespace, query, data) : null;
    }

    /** Returns the index of the next colon at or behind {@code from}, or the length of the packet. */
    private static int colon(Bytes packet, int from) {
        int at = from;
        while (at < packet.length() && packet.at(at) != ':') {
            at++;
        }
        return at;
    }
}
