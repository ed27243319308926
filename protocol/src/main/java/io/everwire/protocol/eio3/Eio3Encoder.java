package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes Socket.IO packets (socket.io-protocol 4): {@code <type>[<attachments>-][<namespace>,][<ack id>][<json>]},
 * here with the {@code 4} of the Engine.IO message before it, and with the byte 4 of its own before each attachment.
 *
 * <p>Examples: {@code 42["name",1]}, {@code 42/admin,13["ask"]}, {@code 451-["name",{"_placeholder":true,"num":0}]}.
 *
 * <p>JSON is written in ASCII, so that it is the same in every dialect and can be shared by all receivers.
 */
final class Eio3Encoder {
    static final int CONNECT = 0;
    static final int DISCONNECT = 1;
    static final int EVENT = 2;
    static final int ACK = 3;
    static final int ERROR = 4;
    static final int BINARY_EVENT = 5;
    static final int BINARY_ACK = 6;

    /** The Engine.IO type of a message, as the byte before binary ones. */
    static final byte MESSAGE_TYPE = 4;

    private static final Bytes MESSAGE = Bytes.utf8("\"message\"");

    /**
     * The values that JavaScript takes for "no data" in {@code err.data || err.message} (socket.io 2.5, Namespace.add).
     */
    private static final Set<Bytes> FALSE =
            Set.of(Bytes.utf8("null"), Bytes.utf8("false"), Bytes.utf8("0"), Bytes.utf8("\"\""));

    private Eio3Encoder() {}

    /** Returns the packet in bytes, for all sessions that receive it. */
    static Encoded encode(Packet packet) {
        if (packet instanceof Packet.Event event) {
            return event(event.namespace(), event.ackId(), event.data(), event.attachments());
        } else if (packet instanceof Packet.Message message) {
            // send() is the event "message" (socket.io 2.5, Socket.send).
            JsonArray data = JsonArray.of(MESSAGE, message.data());
            return event(message.namespace(), message.ackId(), data, message.attachments());
        } else if (packet instanceof Packet.Ack ack) {
            int type = ack.attachments().isEmpty() ? ACK : BINARY_ACK;
            return encode(type, ack.namespace(), ack.ackId(), ack.data().json(), ack.attachments());
        } else if (packet instanceof Packet.Connect connect) {
            // The clients derive the id that they show from the session's: the packet has no place for another.
            return encode(CONNECT, connect.namespace(), Packet.NO_ACK, null, List.of());
        } else if (packet instanceof Packet.ConnectError error) {
            return encode(ERROR, error.namespace(), Packet.NO_ACK, reason(error.payload()), List.of());
        }
        return encode(DISCONNECT, packet.namespace(), Packet.NO_ACK, null, List.of());
    }

    /** Writes a character as an escape of four hexadecimal digits, which JSON and JavaScript share. */
    static void escape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xF, 16));
        }
    }

    /** Encodes an event: 2, or 5 with attachments. */
    private static Encoded event(String nsp, long ackId, JsonArray data, List<Bytes> attachments) {
        return encode(attachments.isEmpty() ? EVENT : BINARY_EVENT, nsp, ackId, data.json(), attachments);
    }

    /** Writes all parts to one array. */
    private static Encoded encode(int type, String nsp, long ackId, @Nullable Bytes json, List<Bytes> attachments) {
        StringBuilder start = new StringBuilder(8).append('4').append(type);
        if (!attachments.isEmpty()) {
            start.append(attachments.size()).append('-');
        }
        if (!nsp.equals(Packet.ROOT)) {
            start.append(nsp).append(',');
        }
        if (ackId != Packet.NO_ACK) {
            start.append(ackId);
        }
        byte[] prefix = start.toString().getBytes(StandardCharsets.UTF_8);
        Bytes data = json == null ? Bytes.EMPTY : ascii(json);
        byte[] text = new byte[prefix.length + data.length()];
        System.arraycopy(prefix, 0, text, 0, prefix.length);
        System.arraycopy(data.array(), data.offset(), text, prefix.length, data.length());
        return new Encoded(Bytes.of(text), typed(attachments), false);
    }

    /** Returns attachments as binary messages: the type, then the bytes. */
    static List<Bytes> typed(List<Bytes> attachments) {
        List<Bytes> typed = new ArrayList<>(attachments.size());
        for (Bytes attachment : attachments) {
            byte[] message = new byte[1 + attachment.length()];
            message[0] = MESSAGE_TYPE;
            System.arraycopy(attachment.array(), attachment.offset(), message, 1, attachment.length());
            typed.add(Bytes.of(message));
        }
        return List.copyOf(typed);
    }

    /**
     * Returns the payload of a refusal: the error's data if it has any, otherwise its message, a string. So in
     * socket.io 2.5; 4.8 sends an object, which these clients do not expect.
     */
    private static Bytes reason(Bytes error) {
        Bytes data = Eio3Placeholders.member(error, "data");
        if (data != null && !FALSE.contains(data)) {
            return data;
        }
        Bytes message = Eio3Placeholders.member(error, "message");
        return message == null ? error : message;
    }

    /** Returns {@code json} in ASCII. In JSON, other characters occur in strings only, where they may be escaped. */
    private static Bytes ascii(Bytes json) {
        if (Eio3Dialect.isAscii(json)) {
            return json;
        }
        String text = json.toString();
        StringBuilder ascii = new StringBuilder(2 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii.append(c);
            } else {
                escape(ascii, c);
            }
        }
        return Bytes.utf8(ascii.toString());
    }
}
