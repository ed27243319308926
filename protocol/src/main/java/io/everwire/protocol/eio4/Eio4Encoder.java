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
 * Socket.IO packets, as written (socket.io-protocol 5): {@code <type>[<attachments>-][<namespace>,][<ack id>][<json>]},
 * here with the {@code 4} of the Engine.IO message before it, so that the bytes go out as they are.
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

    /** The packet in its bytes, for all who receive it. */
    static Encoded encode(Packet packet) {
        if (packet instanceof Packet.Event event) {
            Bytes data = withOffset(event.data().json(), event.offset());
            return event(event.namespace(), event.ackId(), data, event.attachments());
        } else if (packet instanceof Packet.Message message) {
            // "send" is the event "message" (socket.io 4.8, Socket.send).
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

    private static Encoded event(String nsp, long ackId, Bytes data, List<Bytes> attachments) {
        return encode(attachments.isEmpty() ? EVENT : BINARY_EVENT, nsp, ackId, data, attachments);
    }

    /** The offset is one more argument, the last one (socket.io-adapter 2.5, SessionAwareAdapter.broadcast). */
    private static Bytes withOffset(Bytes data, @Nullable String offset) {
        if (offset == null) {
            return data;
        }
        byte[] last = Json.quote(offset);
        // An event has its name at least: there is something for the comma to follow. The bracket at its end is
        // overwritten.
        int end = data.length() - 1;
        byte[] json = new byte[end + 1 + last.length + 1];
        System.arraycopy(data.array(), data.offset(), json, 0, end);
        json[end] = ',';
        System.arraycopy(last, 0, json, end + 1, last.length);
        json[json.length - 1] = ']';
        return Bytes.of(json);
    }

    /** In one array, which most packets fill with their JSON but for two bytes (benchmarks CodecBenchmark, ack and binary). */
    private static Encoded encode(int type, String nsp, long ackId, @Nullable Bytes json, List<Bytes> attachments) {
        byte[] name = nsp.equals(Packet.ROOT) ? NO_NAME : (nsp + ',').getBytes(StandardCharsets.UTF_8);
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

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number; rest > 9; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** Writes the digits of a number that is not negative before {@code end}. */
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
