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
final class Eio4Packets {
    static final int CONNECT = 0;
    static final int DISCONNECT = 1;
    static final int EVENT = 2;
    static final int ACK = 3;
    static final int CONNECT_ERROR = 4;
    static final int BINARY_EVENT = 5;
    static final int BINARY_ACK = 6;

    private static final Bytes MESSAGE = Bytes.utf8("\"message\"");

    private Eio4Packets() {}

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

    private static Encoded encode(int type, String nsp, long ackId, @Nullable Bytes json, List<Bytes> attachments) {
        byte[] prefix = prefix(type, nsp, ackId, attachments.size());
        int length = json == null ? 0 : json.length();
        byte[] text = new byte[prefix.length + length];
        System.arraycopy(prefix, 0, text, 0, prefix.length);
        if (json != null) {
            System.arraycopy(json.array(), json.offset(), text, prefix.length, length);
        }
        return new Encoded(Bytes.of(text), attachments, false);
    }

    /** Most packets have nothing to say but their type (benchmark CodecBenchmark.encode). */
    private static byte[] prefix(int type, String nsp, long ackId, int attachments) {
        if (attachments == 0 && ackId == Packet.NO_ACK && nsp.equals(Packet.ROOT)) {
            return new byte[] {'4', (byte) ('0' + type)};
        }
        StringBuilder start = new StringBuilder(8).append('4').append(type);
        if (attachments > 0) {
            start.append(attachments).append('-');
        }
        if (!nsp.equals(Packet.ROOT)) {
            start.append(nsp).append(',');
        }
        if (ackId != Packet.NO_ACK) {
            start.append(ackId);
        }
        return start.toString().getBytes(StandardCharsets.UTF_8);
    }
}
