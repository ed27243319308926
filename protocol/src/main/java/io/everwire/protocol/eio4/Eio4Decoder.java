package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's Socket.IO packets and gathers their attachments. As strict as socket.io-parser 4.2.7, and stricter
 * where that leans on JavaScript's idea of a number (the wire card tells where).
 */
final class Eio4Decoder implements Eio4Parser {
    /** The largest integer that JavaScript counts exactly: 2<sup>53</sup>−1. The reference rounds larger ids. */
    static final long MAX_ACK_ID = (1L << 53) - 1;

    /** In UTF-16 units. Ours: the reference has no bound, and a namespace's name is kept and logged. */
    private static final int MAX_NAMESPACE = 256;

    /** Names with a meaning of their own on either side (socket.io-parser 4.2.7, RESERVED_EVENTS). */
    private static final Set<Bytes> RESERVED = Stream.of(
                    "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener")
            .map(name -> Bytes.of(Json.quote(name)))
            .collect(Collectors.toUnmodifiableSet());

    private static final Bytes EMPTY_OBJECT = Bytes.utf8("{}");

    private final SessionOptions options;

    /** There while attachments are to come. */
    private @Nullable PendingPacket pending;

    /** A packet and those of its attachments that came so far. */
    private static final class PendingPacket {
        final Head head;
        final List<Bytes> attachments;
        int bytes;

        PendingPacket(Head head) {
            this.head = head;
            this.attachments = new ArrayList<>(head.attachments);
        }
    }

    /** A packet but for its attachments; data is null if it had no payload. */
    private record Head(
            boolean event,
            String namespace,
            long ackId,
            @Nullable JsonArray data,
            int attachments) {}

    Eio4Decoder(SessionOptions options) {
        this.options = options;
    }

    @Override
    public @Nullable Packet text(Bytes packet) {
        if (pending != null) {
            throw malformed("text where an attachment was due");
        }
        int type = packet.isEmpty() ? -1 : packet.at(0) - '0';
        if (type < Eio4Encoder.CONNECT || type > Eio4Encoder.BINARY_ACK) {
            throw malformed("unknown packet type");
        }
        int at = 1;
        int count = 0;
        if (type >= Eio4Encoder.BINARY_EVENT) {
            int dash = digits(packet, at);
            count = count(packet, at, dash);
            at = dash + 1;
        }
        String namespace = Packet.ROOT;
        if (at < packet.length() && packet.at(at) == '/') {
            int comma = comma(packet, at);
            namespace = namespace(packet.slice(at, comma));
            at = Math.min(comma + 1, packet.length());
        }
        int json = digits(packet, at);
        long ackId = ackId(packet, at, json);
        return packet(type, namespace, ackId, packet.slice(json, packet.length()), count);
    }

    @Override
    public boolean awaitsAttachments() {
        return pending != null;
    }

    @Override
    public @Nullable Packet binary(Bytes attachment) {
        PendingPacket known = pending;
        if (known == null) {
            throw malformed("an attachment of nothing");
        }
        known.bytes += attachment.length();
        if (known.bytes > options.maxPayload()) {
            throw malformed("attachments larger than a message may be");
        }
        known.attachments.add(attachment);
        if (known.attachments.size() < known.head.attachments) {
            return null;
        }
        pending = null;
        return packet(known.head, List.copyOf(known.attachments));
    }

    @Override
    public Encoded encodeFor(Encoded encoded) {
        return encoded;
    }

    private @Nullable Packet packet(int type, String namespace, long ackId, Bytes payload, int count) {
        return switch (type) {
            case Eio4Encoder.CONNECT -> connect(namespace, payload);
            case Eio4Encoder.DISCONNECT -> {
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
     * An event without payload and an ack without id are read by the reference and then reach nobody; here they end. An ack
     * without payload has no arguments.
     */
    private static @Nullable Packet packet(Head head, List<Bytes> attachments) {
        if (head.event) {
            return head.data == null ? null : new Packet.Event(head.namespace, head.ackId, head.data, attachments);
        }
        JsonArray data = head.data == null ? JsonArray.EMPTY : head.data;
        return head.ackId == Packet.NO_ACK ? null : new Packet.Ack(head.namespace, head.ackId, data, attachments);
    }

    private Packet connect(String namespace, Bytes payload) {
        return payload.isEmpty()
                ? new Packet.Connect(namespace, null)
                : new Packet.Connect(namespace, object(payload), Eio4Recovery.of(payload));
    }

    /** The placeholders are looked at before anything is kept for them; the reference looks when all is there. */
    private @Nullable Packet await(Head head, Bytes payload) {
        if (!payload.isEmpty() && !Eio4Placeholders.fit(payload, head.attachments)) {
            throw malformed("a placeholder of no attachment");
        }
        pending = new PendingPacket(head);
        return null;
    }

    private @Nullable JsonArray arguments(Bytes payload, boolean event) {
        return payload.isEmpty() ? null : array(payload, event, options.maxDepth());
    }

    /** The name and arguments of an event, or the arguments of an ack. */
    static JsonArray array(Bytes payload, boolean event, int maxDepth) {
        JsonArray array = payload.at(0) == '[' ? JsonArray.parse(payload, maxDepth) : null;
        if (array == null || (event && !isNamed(array))) {
            throw malformed("invalid payload");
        }
        return array;
    }

    /** Whether it begins with a number, or a text that is not reserved. */
    private static boolean isNamed(JsonArray data) {
        if (data.size() == 0) {
            return false;
        }
        Bytes name = data.element(0);
        byte first = name.at(0);
        if (first == '"') {
            return !RESERVED.contains(hasEscape(name) ? respelled(name) : name);
        }
        return first == '-' || (first >= '0' && first <= '9');
    }

    private static boolean hasEscape(Bytes literal) {
        for (int i = 1; i < literal.length(); i++) {
            if (literal.at(i) == '\\') {
                return true;
            }
        }
        return false;
    }

    /** The same string with no more escapes than it needs. */
    private static Bytes respelled(Bytes literal) {
        return Bytes.of(Json.quote(Json.text(literal.array(), literal.offset(), literal.end())));
    }

    private Bytes object(Bytes payload) {
        if (payload.at(0) != '{' || !isJson(payload)) {
            throw malformed("invalid payload");
        }
        return payload;
    }

    /** No client may send it, so the server closes; it is read as strictly as the rest. */
    private Bytes refusal(Bytes payload) {
        if (payload.isEmpty()) {
            return EMPTY_OBJECT;
        }
        if (payload.at(0) == '"' && isJson(payload)) {
            return payload;
        }
        return object(payload);
    }

    private boolean isJson(Bytes json) {
        return Json.isValue(json.array(), json.offset(), json.end(), options.maxDepth());
    }

    /** A binary packet without attachments is illegal since socket.io-parser 4.2.7 (CVE-2026-69185), bounded since 4.2.6. */
    private int count(Bytes packet, int from, int dash) {
        if (dash == from || dash == packet.length() || packet.at(dash) != '-') {
            throw malformed("illegal attachments");
        }
        long count = number(packet, from, dash, options.maxAttachments());
        if (count < 1 || count > options.maxAttachments()) {
            throw malformed("illegal number of attachments");
        }
        return (int) count;
    }

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

    /** The digits' value, or something larger than {@code most}. */
    private static long number(Bytes packet, int from, int to, long most) {
        long number = 0;
        for (int i = from; i < to && number <= most; i++) {
            number = 10 * number + packet.at(i) - '0';
        }
        return number;
    }

    static String namespace(Bytes name) {
        // A UTF-16 unit takes at most three bytes of UTF-8: what is far too long does not become a String.
        String namespace = name.length() > 3 * MAX_NAMESPACE ? "" : name.toString();
        if (namespace.isEmpty() || namespace.length() > MAX_NAMESPACE) {
            throw malformed("namespace too long");
        }
        return namespace;
    }

    /** Where a namespace ends: at the first comma, or with the packet. */
    static int comma(Bytes packet, int from) {
        int at = from;
        while (at < packet.length() && packet.at(at) != ',') {
            at++;
        }
        return at;
    }

    /** Where the digits from {@code from} on end. */
    static int digits(Bytes packet, int from) {
        int at = from;
        while (at < packet.length() && packet.at(at) >= '0' && packet.at(at) <= '9') {
            at++;
        }
        return at;
    }

    static ProtocolException malformed(String message) {
        return new ProtocolException(CloseReason.FORCED_CLOSE, message);
    }
}
