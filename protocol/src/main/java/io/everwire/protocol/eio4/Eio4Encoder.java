package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes Socket.IO packets (socket.io-protocol 5): {@code <type>[<attachments>-][<namespace>,][<ack id>][<json>]},
 * here with the {@code 4} of the Engine.IO message before it, so that the bytes are sent unchanged.
 *
 * <p>Examples: {@code 42["name",1]}, {@code 42/admin,13["ask"]}, {@code 451-["name",{"_placeholder":true,"num":0}]}.
 */
final class Eio4Encoder {
    static final int CONNECT = 0;
    static final int DISCONNECT = 1;
    static final int EVENT = 2;
    static final int ACK = 3;
    static final int CONNECT_ERROR = 4;
    static final int BINARY_EVENT = 5;
    static final int BINARY_ACK = 6;

    private static final byte[] NO_NAME = new byte[0];

    private static final Bytes MESSAGE = Bytes.utf8("\"message\"");

    private Eio4Encoder() {}

    /** Returns the packet in bytes, for all sessions that receive it. */
    static Encoded encode(Packet packet) {
        if (packet instanceof Packet.Event event) {
            Bytes data = withOffset(event.data().json(), event.offset());
            return event(event.namespace(), event.ackId(), data, event.attachments());
        } else if (packet instanceof Packet.Message message) {
            // send() is the event "message" (socket.io 4.8, Socket.send).
            Bytes data = withOffset(JsonArray.of(MESSAGE, message.data()).json(), message.offset());
            return event(message.namespace(), message.ackId(), data, message.attachments());
        } else if (packet instanceof Packet.Ack ack) {
            int type = ack.attachments().isEmpty() ? ACK : BINARY_ACK;
            return encode(type, ack.namespace(), ack.ackId(), ack.data().json(), ack.attachments());
        } else if (packet instanceof Packet.Connect connect) {
            return encode(CONNECT, connect.namespace(), Packet.NO_ACK, connect.payload(), List.of());
        } else if (packet instanceof Packet.ConnectError error) {
            return encode(CONNECT_ERROR, error.namespace(), Packet.NO_ACK, error.payload(), List.of());
        }
        return encode(DISCONNECT, packet.namespace(), Packet.NO_ACK, null, List.of());
    }

    /** Encodes an event: 2, or 5 with attachments. */
    private static Encoded event(String nsp, long ackId, Bytes data, List<Bytes> attachments) {
        return encode(attachments.isEmpty() ? EVENT : BINARY_EVENT, nsp, ackId, data, attachments);
    }

    /**
     * Returns {@code data} with the offset as one more argument, the last one (socket.io-adapter 2.5,
     * SessionAwareAdapter.broadcast): {@code ["name",1,"Q87qybG"]}.
     */
    private static Bytes withOffset(Bytes data, @Nullable String offset) {
        if (offset == null) {
            return data;
        }
        byte[] last = Json.quote(offset);
        // An event has a name at least, so the comma follows an element. The closing bracket is overwritten.
        int end = data.length() - 1;
        byte[] json = new byte[end + 1 + last.length + 1];
        System.arraycopy(data.array(), data.offset(), json, 0, end);
        json[end] = ',';
        System.arraycopy(last, 0, json, end + 1, last.length);
        json[json.length - 1] = ']';
        return Bytes.of(json);
    }

    /**
     * Writes all parts to one array, which in most packets is filled with JSON except for two bytes (benchmarks
     * CodecBenchmark, ack and binary).
     */
    private static Encoded encode(int type, String nsp, long ackId, @Nullable Bytes json, List<Bytes> attachments) {
        byte[] name = nsp.equals(Packet.ROOT) ? NO_NAME : (nsp + ',').getBytes(StandardCharsets.UTF_8);
        // The digits of the count and the dash.
        int count = attachments.isEmpty() ? 0 : 1 + digits(attachments.size());
        int id = ackId == Packet.NO_ACK ? 0 : digits(ackId);
        int length = json == null ? 0 : json.length();
        byte[] text = new byte[2 + count + name.length + id + length];
        text[0] = '4';
        text[1] = (byte) ('0' + type);
        int at = 2;
        if (count > 0) {
            at += count;
            write(attachments.size(), text, at - 1);
            text[at - 1] = '-';
        }
        System.arraycopy(name, 0, text, at, name.length);
        at += name.length + id;
        if (id > 0) {
            write(ackId, text, at);
        }
        if (json != null) {
            System.arraycopy(json.array(), json.offset(), text, at, length);
        }
        return new Encoded(Bytes.of(text), attachments, false);
    }

    /** Returns the number of decimal digits. */
    private static int digits(long number) {
        int digits = 1;
        for (long rest = number; rest > 9; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** Writes the digits of a number that is not negative so that they end before {@code end}. */
    private static void write(long number, byte[] text, int end) {
        int at = end;
        long rest = number;
        do {
            at--;
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }
}
