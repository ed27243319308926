package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import org.jspecify.annotations.Nullable;

/**
 * A packet taken apart, {@code type:id[+]:endpoint[:data]}; what its data means is not looked at yet.
 *
 * @param type one of the constants here
 * @param id the number the receipt or answer must carry, or {@link Packet#NO_ACK}
 * @param answered whether the application answers ({@code +}); otherwise the packet's arrival is acknowledged
 * @param namespace the endpoint without its query; {@link Packet#ROOT} if it is empty
 * @param query what stood behind the endpoint's {@code ?}, with it; or empty
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

    /** The largest integer that JavaScript counts exactly: 2<sup>53</sup>−1. The original took any digits. */
    static final long MAX_ID = (1L << 53) - 1;

    /** In bytes. Ours: the original has no bound, and a namespace's name is kept and logged. */
    private static final int MAX_ENDPOINT = 1024;

    /** In UTF-16 units, as in the later rooms. */
    private static final int MAX_NAMESPACE = 256;

    /**
     * Takes a packet apart.
     *
     * @param packet UTF-8
     * @return null if it is none, or belongs to an endpoint that cannot exist: the original passes over both
     */
    static @Nullable Gen1Packet read(Bytes packet) {
        int type = packet.isEmpty() ? -1 : packet.at(0) - '0';
        if (type < DISCONNECT || type > NOOP) {
            return null;
        }
        if (packet.length() == 1) {
            // "0" alone is how the written specification of 2011 leaves; the original's parser wants two colons.
            return new Gen1Packet(type, Packet.NO_ACK, false, Packet.ROOT, "", Bytes.EMPTY);
        }
        int digits = digitsEnd(packet, 2);
        boolean answered = digits < packet.length() && packet.at(digits) == '+';
        int endpoint = answered ? digits + 2 : digits + 1;
        long id = number(packet, 2, digits);
        if (packet.at(1) != ':' || endpoint > packet.length() || packet.at(endpoint - 1) != ':' || id > MAX_ID) {
            return null;
        }
        int colon = colon(packet, endpoint);
        Bytes data = packet.slice(Math.min(colon + 1, packet.length()), packet.length());
        return at(type, id, answered, packet.slice(endpoint, colon), data);
    }

    /** Whether the arrival of the packet is to be acknowledged, whatever becomes of it. */
    boolean wantsReceipt() {
        return id != Packet.NO_ACK && !answered;
    }

    /** The ack id as the application sees it. */
    long ackId() {
        return answered ? id : Packet.NO_ACK;
    }

    /** Where the digits from {@code from} on end. */
    static int digitsEnd(Bytes packet, int from) {
        int at = from;
        while (at < packet.length() && packet.at(at) >= '0' && packet.at(at) <= '9') {
            at++;
        }
        return at;
    }

    /** The digits' value, {@link Packet#NO_ACK} if there are none, or something larger than {@link #MAX_ID}. */
    static long number(Bytes packet, int from, int to) {
        long number = from == to ? Packet.NO_ACK : 0;
        for (int i = from; i < to && number <= MAX_ID; i++) {
            number = 10 * number + packet.at(i) - '0';
        }
        return number;
    }

    private static @Nullable Gen1Packet at(int type, long id, boolean answered, Bytes endpoint, Bytes data) {
        if (endpoint.isEmpty()) {
            return new Gen1Packet(type, id, answered, Packet.ROOT, "", data);
        }
        if (endpoint.at(0) != '/' || endpoint.length() > MAX_ENDPOINT) {
            return null;
        }
        String text = endpoint.toString();
        int mark = text.indexOf('?');
        String namespace = mark < 0 ? text : text.substring(0, mark);
        // "/" is not how this generation writes the root, so it is the name of nothing.
        boolean possible = namespace.length() > 1 && namespace.length() <= MAX_NAMESPACE;
        String query = mark < 0 ? "" : text.substring(mark);
        return possible ? new Gen1Packet(type, id, answered, namespace, query, data) : null;
    }

    private static int colon(Bytes packet, int from) {
        int at = from;
        while (at < packet.length() && packet.at(at) != ':') {
            at++;
        }
        return at;
    }
}
