package io.everwire.protocol.gen1;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.List;

/** Writes packets: {@code type:id[+]:endpoint[:data]}. */
final class Gen1Encoder {
    /** The packet that ends the session. The client does not reconnect after it. */
    static final Bytes DISCONNECT_ROOT = Bytes.utf8("0::");
    /** The packet that the client answers with the same bytes. */
    static final Bytes HEARTBEAT = Bytes.utf8("2::");
    /** The packet that ends an idle poll. */
    static final Bytes NOOP = Bytes.utf8("8::");

    /** The error "client not handshaken" with the advice to reconnect. */
    static final Bytes NOT_HANDSHAKEN = Bytes.utf8("7:::1+0");

    /** The event whose listeners also receive messages. */
    private static final Bytes MESSAGE = Bytes.utf8("\"message\"");

    private static final Bytes EVENT_ARGS = Bytes.utf8(",\"args\":[");
    private static final Bytes EVENT_END = Bytes.utf8("}");

    private Gen1Encoder() {}

    /** Returns the packet in bytes, for all sessions that receive it. */
    static Encoded encode(Packet packet) {
        String endpoint = endpoint(packet.namespace());
        if (packet instanceof Packet.Event event) {
            return Encoded.text(isMessage(event) ? message(message(event), endpoint) : event(event, endpoint));
        } else if (packet instanceof Packet.Message message) {
            return Encoded.text(message(message, endpoint));
        } else if (packet instanceof Packet.Ack ack) {
            // 6::/chat:2 confirms only; 6::/chat:2+["answer"] has arguments.
            boolean empty = ack.data().size() == 0;
            String head = "6::" + endpoint + ":" + ack.ackId() + (empty ? "" : "+");
            // Client 0.9.17 reads an answer up to the first character that ends a line in JavaScript.
            Bytes args = Gen1Text.oneLine(Gen1Attachments.inline(ack.data().json(), ack.attachments()));
            return Encoded.text(empty ? Bytes.utf8(head) : concat(head, args));
        } else if (packet instanceof Packet.Connect) {
            // The client's id is not in it: the client has it from the handshake. No payload is in it either.
            return Encoded.text(Bytes.utf8("1::" + endpoint));
        } else if (packet instanceof Packet.ConnectError) {
            // "Unauthorized" is the one error that a client reports as a rejected join (connect_failed). A text has no
            // place in it.
            return Encoded.text(Bytes.utf8("7::" + endpoint + ":2"));
        }
        // The root is the session: leaving it leaves every namespace, and closes.
        return new Encoded(Bytes.utf8("0::" + endpoint), List.of(), endpoint.isEmpty());
    }

    /** Returns the packet that confirms the arrival of the packet with this id, for example {@code 6:::1}. */
    static Bytes receipt(String namespace, long id) {
        return Bytes.utf8("6::" + endpoint(namespace) + ":" + id);
    }

    /** Returns the type of an encoded packet. */
    static int type(Bytes encoded) {
        return encoded.at(0) - '0';
    }

    /** Returns the namespace of an encoded packet without id: {@code 1::/chat} yields {@code /chat}. */
    static String namespace(Bytes encoded) {
        // Behind "1::", where an endpoint begins that ends at a colon or with the packet.
        int end = 3;
        while (end < encoded.length() && encoded.at(end) != ':') {
            end++;
        }
        return end == 3 ? Packet.ROOT : encoded.slice(3, end).toString();
    }

    /** Returns the id on the wire of the server's own packet with this ack id. This generation counts from 1. */
    static long wireId(long ackId) {
        return ackId + 1;
    }

    /** Returns the ack id of an id on the wire: the inverse of {@link #wireId}. */
    static long ackId(long wireId) {
        return wireId - 1;
    }

    /** Returns the endpoint of a namespace. The root's is empty. */
    private static String endpoint(String namespace) {
        return namespace.equals(Packet.ROOT) ? "" : namespace;
    }

    /**
     * Returns whether an event is a message: the same listeners receive both. But only of a message the client confirms
     * the arrival by itself ({@code socket.send("tobi", fn)} of the original); an event it leaves to the listener.
     */
    private static boolean isMessage(Packet.Event event) {
        return event.data().size() == 2 && event.data().element(0).equals(MESSAGE);
    }

    /** Returns the message that an event with one argument is. */
    private static Packet.Message message(Packet.Event event) {
        return new Packet.Message(event.namespace(), event.ackId(), event.data().element(1), event.attachments());
    }

    /**
     * Writes an event. An id always has a {@code +}: clients up to 0.9.17 confirm no event by themselves, although the
     * specification says so.
     */
    private static Bytes event(Packet.Event event, String endpoint) {
        String id = event.ackId() == Packet.NO_ACK ? "" : wireId(event.ackId()) + "+";
        String head = "5:" + id + ":" + endpoint + ":{\"name\":";
        JsonArray data = event.data();
        Bytes name = data.element(0);
        if (data.size() == 1) {
            return concat(head, name, EVENT_END);
        }
        // The arguments with their closing bracket, as they are in the array behind the name: they are not joined anew.
        Bytes args = Bytes.of(
                data.json().array(), data.element(1).offset(), data.json().end());
        return concat(head, name, EVENT_ARGS, Gen1Attachments.inline(args, event.attachments()), EVENT_END);
    }

    /** Writes a message. An id has no {@code +}: the sender of a message asks whether it arrived, not for an answer. */
    private static Bytes message(Packet.Message message, String endpoint) {
        String id = message.ackId() == Packet.NO_ACK ? "" : Long.toString(wireId(message.ackId()));
        Bytes json = Gen1Attachments.inline(message.data(), message.attachments());
        String head = ":" + id + ":" + endpoint;
        if (json.at(0) != '"' || json.at(json.length() - 1) != '"') {
            return concat("4" + head + ":", json);
        }
        // A JSON string is sent as a text, 3:::hello; an empty one has no colon before it, as in the original.
        Bytes text = Gen1Text.unquote(json);
        return text.isEmpty() ? Bytes.utf8("3" + head) : concat("3" + head + ":", text);
    }

    /** Returns {@code head} and {@code parts} as one packet. */
    static Bytes concat(String head, Bytes... parts) {
        byte[] start = head.getBytes(UTF_8);
        int length = start.length;
        for (Bytes part : parts) {
            length += part.length();
        }
        byte[] packet = new byte[length];
        System.arraycopy(start, 0, packet, 0, start.length);
        int at = start.length;
        for (Bytes part : parts) {
            System.arraycopy(part.array(), part.offset(), packet, at, part.length());
            at += part.length();
        }
        return Bytes.of(packet);
    }
}
