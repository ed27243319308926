package io.everwire.testkit;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.text.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire format of the test generation, the same in both directions. A packet is a text of five lines: its type, its
 * namespace, its ack id, the number of attachments, and its JSON, which may be empty. Its attachments follow, each as a
 * binary message.
 *
 * <pre>
 *   event
 *   /chat
 *   -1
 *   0
 *   ["said","hello"]
 * </pre>
 */
final class TestWire {
    private static final int MAX_DEPTH = 64;
    private static final int LINES = 5;

    private @Nullable Packet awaiting;
    private int missing;
    private List<Bytes> attachments = new ArrayList<>();

    static Encoded encode(Packet packet) {
        List<Bytes> attachments = attachments(packet);
        String head =
                type(packet) + '\n' + packet.namespace() + '\n' + ackId(packet) + '\n' + attachments.size() + '\n';
        return new Encoded(Bytes.utf8(head + json(packet)), attachments, false);
    }

    /** Reads a text message; returns the packet if it is complete. */
    @Nullable
    Packet text(Bytes text) {
        String[] lines = text.toString().split("\n", LINES);
        if (awaiting != null || lines.length < LINES) {
            throw malformed();
        }
        attachments = new ArrayList<>();
        missing = Integer.parseInt(lines[3]);
        Packet packet = packet(lines[0], lines[1], Long.parseLong(lines[2]), Bytes.utf8(lines[4]), attachments);
        awaiting = missing > 0 ? packet : null;
        return missing > 0 ? null : packet;
    }

    /** Reads an attachment; returns the packet if it was the last one. */
    @Nullable
    Packet binary(Bytes bytes) {
        Packet packet = awaiting;
        if (packet == null) {
            throw malformed();
        }
        attachments.add(bytes);
        if (attachments.size() < missing) {
            return null;
        }
        awaiting = null;
        return packet;
    }

    private static Packet packet(String type, String namespace, long ackId, Bytes json, List<Bytes> attachments) {
        return switch (type) {
            case "connect" -> new Packet.Connect(namespace, json.isEmpty() ? null : value(json));
            case "connect_error" -> new Packet.ConnectError(namespace, value(json));
            case "disconnect" -> new Packet.Disconnect(namespace);
            case "event" -> new Packet.Event(namespace, ackId, array(json), attachments);
            case "message" -> new Packet.Message(namespace, ackId, value(json), attachments);
            case "ack" -> new Packet.Ack(namespace, ackId, array(json), attachments);
            default -> throw malformed();
        };
    }

    private static String type(Packet packet) {
        if (packet instanceof Packet.Connect) {
            return "connect";
        } else if (packet instanceof Packet.ConnectError) {
            return "connect_error";
        } else if (packet instanceof Packet.Disconnect) {
            return "disconnect";
        } else if (packet instanceof Packet.Event) {
            return "event";
        }
        return packet instanceof Packet.Message ? "message" : "ack";
    }

    private static long ackId(Packet packet) {
        if (packet instanceof Packet.Event event) {
            return event.ackId();
        } else if (packet instanceof Packet.Message message) {
            return message.ackId();
        }
        return packet instanceof Packet.Ack ack ? ack.ackId() : Packet.NO_ACK;
    }

    private static Object json(Packet packet) {
        if (packet instanceof Packet.Connect connect) {
            return connect.payload() == null ? "" : connect.payload();
        } else if (packet instanceof Packet.ConnectError error) {
            return error.payload();
        } else if (packet instanceof Packet.Event event) {
            return event.data();
        } else if (packet instanceof Packet.Message message) {
            return message.data();
        }
        return packet instanceof Packet.Ack ack ? ack.data() : "";
    }

    static List<Bytes> attachments(Packet packet) {
        if (packet instanceof Packet.Event event) {
            return event.attachments();
        } else if (packet instanceof Packet.Message message) {
            return message.attachments();
        }
        return packet instanceof Packet.Ack ack ? ack.attachments() : List.of();
    }

    private static JsonArray array(Bytes json) {
        JsonArray array = JsonArray.parse(json, MAX_DEPTH);
        if (array == null) {
            throw malformed();
        }
        return array;
    }

    private static Bytes value(Bytes json) {
        if (!Json.isValue(json.array(), json.offset(), json.end(), MAX_DEPTH)) {
            throw malformed();
        }
        return json;
    }

    private static ProtocolException malformed() {
        return new ProtocolException(CloseReason.PARSE_ERROR, "not a packet of the test kit");
    }
}
