package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a client's Socket.IO packets and collects their attachments. As strict as socket.io-parser 4.2.7, and
 * stricter wherever that depends on JavaScript's conversion to numbers (see the wire card).
 *
 * <p>Format: {@code <type>[<attachments>-][<namespace>,][<ack id>][<json>]}. Example: {@code
 * 51-/admin,7["e",{"_placeholder":true,"num":0}]} is an event with one attachment in {@code /admin} that asks for ack
 * 7.
 */
final class Eio4Decoder implements Eio4Parser {
    /** The largest integer that JavaScript represents exactly: 2<sup>53</sup>−1. The reference rounds larger ids. */
    static final long MAX_ACK_ID = (1L << 53) - 1;

    /**
     * Event names with a meaning of their own on either side (socket.io-parser 4.2.7, RESERVED_EVENTS), as JSON
     * strings.
     */
    private static final Set<Bytes> RESERVED = Stream.of(
                    "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener")
            .map(name -> Bytes.of(Json.quote(name)))
            .collect(Collectors.toUnmodifiableSet());

    /** The approximate memory of an object with the array that it holds, in bytes. */
    private static final int OBJECT = 64;

    private static final Bytes EMPTY_OBJECT = Bytes.utf8("{}");

    private final SessionOptions options;

    /** The packet whose attachments are still to arrive, or null. */
    private @Nullable PendingPacket pending;

    /** A packet and the attachments that have arrived so far. */
    private static final class PendingPacket {
        final Head head;
        final List<Bytes> attachments = new ArrayList<>(0);
        long bytes;

        PendingPacket(Head head) {
            this.head = head;
        }

        int memory() {
            int json = head.data == null ? 0 : head.data.memory();
            return (int) Math.min(Integer.MAX_VALUE, json + bytes + OBJECT * (1L + attachments.size()));
        }
    }

    /**
     * A packet without its attachments.
     *
     * @param data null if the packet had no payload
     * @param attachments the number of attachments announced
     */
    private record Head(
            boolean event,
            String namespace,
            long ackId,
            @Nullable JsonArray data,
            int attachments) {}

    /** Creates the decoder of one session, with the limits in {@code options}. */
    Eio4Decoder(SessionOptions options) {
        this.options = options;
    }

    /** {@inheritDoc} A text that arrives before all attachments violates the protocol, as in the reference. */
    @Override
    public @Nullable Packet text(Bytes packet) {
        if (pending != null) {
            throw malformed("text in place of an attachment");
        }
        int type = packet.isEmpty() ? -1 : packet.at(0) - '0';
        if (type < Eio4Encoder.CONNECT || type > Eio4Encoder.BINARY_ACK) {
            throw malformed("unknown packet type");
        }
        int at = 1;
        int count = 0;
        // Only binary types have a count: 51-["e",…]. In 2-["e"] the dash is part of a malformed payload.
        if (type >= Eio4Encoder.BINARY_EVENT) {
            int dash = digits(packet, at);
            count = count(packet, at, dash);
            at = dash + 1;
        }
        String namespace = Packet.ROOT;
        if (at < packet.length() && packet.at(at) == '/') {
            // A packet without payload may omit the comma: 1/admin.
            int comma = comma(packet, at);
            namespace = packet.slice(at, comma).toString();
            at = Math.min(comma + 1, packet.length());
        }
        // The ack id is all digits before the payload: 213["e"] asks for ack 13.
        int json = digits(packet, at);
        long ackId = ackId(packet, at, json);
        return packet(type, namespace, ackId, packet.slice(json, packet.length()), count);
    }

    @Override
    public int incomplete() {
        return pending == null ? 0 : pending.memory();
    }

    /** {@inheritDoc} Each attachment is a message, whose size the host limits. */
    @Override
    public @Nullable Packet binary(Bytes attachment) {
        PendingPacket known = pending;
        if (known == null) {
            throw malformed("an attachment without a packet");
        }
        if (known.head.attachments == 1) {
            pending = null;
            return packet(known.head, List.of(attachment.compact()));
        }
        known.bytes += attachment.length();
        known.attachments.add(attachment.compact());
        if (known.attachments.size() < known.head.attachments) {
            return null;
        }
        pending = null;
        return packet(known.head, List.copyOf(known.attachments));
    }

    /** Returns {@code encoded} unchanged: packets are encoded for this parser. */
    @Override
    public Encoded encodeFor(Encoded encoded) {
        return encoded;
    }

    /** Returns the packet of a type, or null if attachments must follow or if it has no effect. */
    private @Nullable Packet packet(int type, String namespace, long ackId, Bytes payload, int count) {
        return switch (type) {
            case Eio4Encoder.CONNECT -> connect(namespace, payload);
            case Eio4Encoder.DISCONNECT -> {
                // socket.io-parser 4.2.7, isPayloadValid: a disconnect has no payload.
                if (!payload.isEmpty()) {
                    throw malformed("a disconnect packet with a payload");
                }
                yield new Packet.Disconnect(namespace);
            }
            case Eio4Encoder.CONNECT_ERROR -> new Packet.ConnectError(namespace, refusal(payload));
            default -> {
                boolean event = type == Eio4Encoder.EVENT || type == Eio4Encoder.BINARY_EVENT;
                Head head = new Head(event, namespace, ackId, arguments(payload, event), count);
                yield count == 0 ? packet(head, List.of()) : await(head, payload);
            }
        };
    }

    /**
     * Returns a complete event or ack. The reference reads an event without payload and an ack without id, but delivers
     * them to nobody; here they are dropped. An ack without payload has no arguments.
     */
    private static @Nullable Packet packet(Head head, List<Bytes> attachments) {
        if (head.event) {
            return head.data == null ? null : new Packet.Event(head.namespace, head.ackId, head.data, attachments);
        }
        JsonArray data = head.data == null ? JsonArray.EMPTY : head.data;
        return head.ackId == Packet.NO_ACK ? null : new Packet.Ack(head.namespace, head.ackId, data, attachments);
    }

    /** Returns the packet that joins a namespace: {@code 0}, {@code 0/admin,{"token":"x"}}. */
    private Packet connect(String namespace, Bytes payload) {
        return payload.isEmpty()
                ? new Packet.Connect(namespace, null)
                : new Packet.Connect(namespace, object(payload), Eio4Recovery.of(payload));
    }

    /**
     * Stores a packet until its attachments have arrived. Its placeholders are checked before any attachment is stored;
     * the reference checks them when all have arrived.
     */
    private @Nullable Packet await(Head head, Bytes payload) {
        if (!payload.isEmpty() && !Eio4Placeholders.fit(payload, head.attachments)) {
            throw malformed("a placeholder without an attachment of its own");
        }
        pending = new PendingPacket(head);
        return null;
    }

    /** Returns the arguments of an event or ack; null without a payload. */
    private @Nullable JsonArray arguments(Bytes payload, boolean event) {
        return payload.isEmpty() ? null : array(payload, event, options.maxDepth());
    }

    /**
     * Parses the name and arguments of an event, or the arguments of an ack.
     *
     * @throws ProtocolException if the payload is not an array, or if an event has no valid name
     */
    static JsonArray array(Bytes payload, boolean event, int maxDepth) {
        JsonArray array = payload.at(0) == '[' ? JsonArray.parse(payload, maxDepth) : null;
        if (array == null) {
            throw invalid(payload, maxDepth);
        }
        if (event && !isNamed(array)) {
            throw malformed("invalid payload");
        }
        return array;
    }

    /** Returns whether an event's data begins with a number, or with a text that is not reserved. */
    private static boolean isNamed(JsonArray data) {
        if (data.size() == 0) {
            return false;
        }
        Bytes name = data.element(0);
        byte first = name.at(0);
        if (first == '"') {
            // A name may be spelled with escapes: its shortest spelling is compared.
            return !RESERVED.contains(hasEscape(name) ? respelled(name) : name);
        }
        return first == '-' || (first >= '0' && first <= '9');
    }

    /** Returns whether a string literal contains an escape. */
    private static boolean hasEscape(Bytes literal) {
        for (int i = 1; i < literal.length(); i++) {
            if (literal.at(i) == '\\') {
                return true;
            }
        }
        return false;
    }

    /** Returns the same string with no more escapes than it needs. */
    private static Bytes respelled(Bytes literal) {
        return Bytes.of(Json.quote(Json.text(literal.array(), literal.offset(), literal.end())));
    }

    /**
     * Returns {@code payload} if it is a valid JSON object.
     *
     * @throws ProtocolException otherwise
     */
    private Bytes object(Bytes payload) {
        if (payload.at(0) != '{' || !isJson(payload)) {
            throw invalid(payload, options.maxDepth());
        }
        return payload;
    }

    /**
     * Returns the payload of a connect error. No client may send one, so the server closes; it is parsed as strictly as
     * all packets.
     */
    private Bytes refusal(Bytes payload) {
        if (payload.isEmpty()) {
            return EMPTY_OBJECT;
        }
        if (payload.at(0) == '"' && isJson(payload)) {
            return payload;
        }
        return object(payload);
    }

    /** Returns whether {@code json} is one valid value. */
    private boolean isJson(Bytes json) {
        return Json.isValue(json.array(), json.offset(), json.end(), options.maxDepth());
    }

    /**
     * Returns the number of attachments announced before {@code dash}.
     *
     * <p>A binary packet without attachments is illegal since socket.io-parser 4.2.7 (CVE-2026-69185); their number is
     * limited since 4.2.6.
     */
    private int count(Bytes packet, int from, int dash) {
        if (dash == from || dash == packet.length() || packet.at(dash) != '-') {
            throw malformed("illegal attachments");
        }
        long count = number(packet, from, dash, options.maxAttachments());
        if (count < 1) {
            throw malformed("illegal number of attachments");
        }
        if (count > options.maxAttachments()) {
            throw limit("maxAttachments", options.maxAttachments(), count);
        }
        return (int) count;
    }

    /** Returns the ack id in the range, or {@link Packet#NO_ACK} if the range is empty. */
    private static long ackId(Bytes packet, int from, int to) {
        if (from == to) {
            return Packet.NO_ACK;
        }
        long id = number(packet, from, to, MAX_ACK_ID);
        if (id > MAX_ACK_ID) {
            throw malformed("ack id too large");
        }
        return id;
    }

    /** Returns the value of digits, or a value above {@code most} if they exceed it. */
    private static long number(Bytes packet, int from, int to, long most) {
        long number = 0;
        for (int i = from; i < to && number <= most; i++) {
            number = 10 * number + packet.at(i) - '0';
        }
        return number;
    }

    /** Returns the index of the comma that ends a namespace, or the length of the packet. */
    static int comma(Bytes packet, int from) {
        int at = from;
        while (at < packet.length() && packet.at(at) != ',') {
            at++;
        }
        return at;
    }

    /** Returns the index behind the digits that begin at {@code from}; {@code from} itself if none do. */
    static int digits(Bytes packet, int from) {
        int at = from;
        while (at < packet.length() && packet.at(at) >= '0' && packet.at(at) <= '9') {
            at++;
        }
        return at;
    }

    /** Returns the exception for a payload that is no valid JSON, or that is nested too deep. */
    private static ProtocolException invalid(Bytes payload, int maxDepth) {
        int depth = Json.depth(payload.array(), payload.offset(), payload.end());
        return depth > maxDepth ? limit("maxJsonDepth", maxDepth, depth) : malformed("invalid payload");
    }

    /** Returns the exception for attachments that did not arrive in time, in milliseconds. */
    static ProtocolException late(long limit) {
        return new ProtocolException(CloseReason.FORCED_CLOSE, ReachedLimit.time("attachmentTimeout", limit));
    }

    /** Returns the exception for a packet that passes a limit. */
    static ProtocolException limit(String option, long limit, long value) {
        return new ProtocolException(CloseReason.FORCED_CLOSE, new ReachedLimit(option, limit, value));
    }

    /** Returns the exception for a packet that cannot be read; see {@link Eio4Parser} for its close reason. */
    static ProtocolException malformed(String message) {
        return new ProtocolException(CloseReason.FORCED_CLOSE, message);
    }
}
