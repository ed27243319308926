package io.everwire.protocol.gen1;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.List;

/** Packets as the server writes them. */
final class Gen1Encoder {
    static final Bytes DISCONNECT_ROOT = Bytes.utf8("0::");
    static final Bytes HEARTBEAT = Bytes.utf8("2::");
    static final Bytes NOOP = Bytes.utf8("8::");

    /** "Client not handshaken", with the advice to reconnect. */
    static final Bytes NOT_HANDSHAKEN = Bytes.utf8("7:::1+0");

    private static final Bytes EVENT_ARGS = Bytes.utf8(",\"args\":[");
    private static final Bytes EVENT_END = Bytes.utf8("}");

    private Gen1Encoder() {}

    /** The packet in its bytes, for all who receive it. */
    static Encoded encode(Packet packet) {
        String endpoint = endpoint(packet.namespace());
        if (packet instanceof Packet.Event event) {
            return Encoded.text(event(event, endpoint));
        } else if (packet instanceof Packet.Message message) {
            return Encoded.text(message(message, endpoint));
        } else if (packet instanceof Packet.Ack ack) {
            boolean empty = ack.data().size() == 0;
            String head = "6::" + endpoint + ":" + ack.ackId() + (empty ? "" : "+");
            // Client 0.9.17 reads an answer up to what JavaScript takes for the end of a line.
            Bytes args = Gen1Text.oneLine(Gen1Attachments.inline(ack.data().json(), ack.attachments()));
            return Encoded.text(empty ? Bytes.utf8(head) : concat(head, args));
        } else if (packet instanceof Packet.Connect) {
            return Encoded.text(Bytes.utf8("1::" + endpoint));
        } else if (packet instanceof Packet.ConnectError) {
            // "Unauthorized": of all errors the one that a client takes for "not joined", and says so.
            return Encoded.text(Bytes.utf8("7::" + endpoint + ":2"));
        }
        // The root is the session: whoever is sent away from there is sent away from everywhere.
        return new Encoded(Bytes.utf8("0::" + endpoint), List.of(), endpoint.isEmpty());
    }

    /** Says that the packet with this id arrived. */
    static Bytes receipt(String namespace, long id) {
        return Bytes.utf8("6::" + endpoint(namespace) + ":" + id);
    }

    /** What type of packet an encoded one is. */
    static int type(Bytes encoded) {
        return encoded.at(0) - '0';
    }

    /** The namespace of an encoded packet that has no id. */
    static String namespace(Bytes encoded) {
        int end = 3;
        while (end < encoded.length() && encoded.at(end) != ':') {
            end++;
        }
        return end == 3 ? Packet.ROOT : encoded.slice(3, end).toString();
    }

    /** The id by which the server's own packet number {@code ackId} asks for an ack: this generation counts from 1. */
    static long wireId(long ackId) {
        return ackId + 1;
    }

    /** What {@link #wireId} was made of. */
    static long ackId(long wireId) {
        return wireId - 1;
    }

    private static String endpoint(String namespace) {
        return namespace.equals(Packet.ROOT) ? "" : namespace;
    }

    /** Always with {@code +}: clients up to 0.9.17 acknowledge no event by themselves, though they should. */
    private static Bytes event(Packet.Event event, String endpoint) {
        String id = event.ackId() == Packet.NO_ACK ? "" : wireId(event.ackId()) + "+";
        String head = "5:" + id + ":" + endpoint + ":{\"name\":";
        JsonArray data = event.data();
        Bytes name = data.element(0);
        if (data.size() == 1) {
            return concat(head, name, EVENT_END);
        }
        // The arguments with their closing bracket, as they stand in the array behind the name.
        Bytes args = Bytes.of(
                data.json().array(), data.element(1).offset(), data.json().end());
        return concat(head, name, EVENT_ARGS, Gen1Attachments.inline(args, event.attachments()), EVENT_END);
    }

    /** Without {@code +}: whoever sends a message asks whether it arrived, not for an answer. */
    private static Bytes message(Packet.Message message, String endpoint) {
        String id = message.ackId() == Packet.NO_ACK ? "" : Long.toString(wireId(message.ackId()));
        Bytes json = Gen1Attachments.inline(message.data(), message.attachments());
        String head = ":" + id + ":" + endpoint;
        if (json.at(0) != '"' || json.at(json.length() - 1) != '"') {
            return concat("4" + head + ":", json);
        }
        Bytes text = Gen1Text.unquote(json);
        return text.isEmpty() ? Bytes.utf8("3" + head) : concat("3" + head + ":", text);
    }

    /** The packet made of these parts. */
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
