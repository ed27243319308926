package io.everwire.protocol.wire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts packets from and to the form of transcripts. */
public final class PacketText {
    private static final Pattern FORM = Pattern.compile(
            "(?<type>[a-z_]+) (?<nsp>/\\S*)(?: ack=(?<ack>\\d+))?(?: offset=(?<offset>\\S+))?"
                    + "(?: (?<json>.*?))?(?<attachments>(?: <(?:[0-9a-f]{2})*>)*)",
            Pattern.DOTALL);
    private static final int MAX_DEPTH = 1000;

    private PacketText() {}

    /** Returns a packet in one line. */
    public static String write(Packet packet) {
        String nsp = packet.namespace();
        if (packet instanceof Packet.Connect connect) {
            return "connect " + nsp + back(connect.recovery())
                    + (connect.payload() == null ? "" : " " + connect.payload());
        } else if (packet instanceof Packet.ConnectError error) {
            return "connect_error " + nsp + " " + error.payload();
        } else if (packet instanceof Packet.Disconnect) {
            return "disconnect " + nsp;
        } else if (packet instanceof Packet.Event event) {
            return "event " + nsp + ack(event.ackId()) + offset(event.offset()) + " " + event.data()
                    + hex(event.attachments());
        } else if (packet instanceof Packet.Message message) {
            return "message " + nsp + ack(message.ackId()) + offset(message.offset()) + " " + message.data()
                    + hex(message.attachments());
        } else if (packet instanceof Packet.Ack ack) {
            return "ack " + nsp + " " + ack.ackId() + " " + ack.data() + hex(ack.attachments());
        }
        throw new AssertionError(packet);
    }

    /** Returns the packet that a line describes. */
    public static Packet read(String line) {
        Matcher form = FORM.matcher(line);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a packet: " + line);
        }
        String nsp = form.group("nsp");
        String json = form.group("json");
        long ackId = form.group("ack") == null ? Packet.NO_ACK : Long.parseLong(form.group("ack"));
        String offset = form.group("offset");
        List<Bytes> attachments = attachments(form.group("attachments"));
        return switch (form.group("type")) {
            case "connect" -> new Packet.Connect(nsp, json == null ? null : Bytes.utf8(json));
            case "connect_error" -> new Packet.ConnectError(nsp, Bytes.utf8(need(json, line)));
            case "disconnect" -> new Packet.Disconnect(nsp);
            case "event" -> new Packet.Event(nsp, ackId, array(need(json, line)), attachments, offset);
            case "message" -> new Packet.Message(nsp, ackId, Bytes.utf8(need(json, line)), attachments, offset);
            case "ack" -> {
                String[] parts = need(json, line).split(" ", 2);
                yield new Packet.Ack(nsp, Long.parseLong(parts[0]), array(parts[1]), attachments);
            }
            default -> throw new IllegalArgumentException("not a packet: " + line);
        };
    }

    private static JsonArray array(String json) {
        JsonArray array = JsonArray.parse(Bytes.utf8(json), MAX_DEPTH);
        if (array == null) {
            throw new IllegalArgumentException("not a JSON array: " + json);
        }
        return array;
    }

    private static String need(@Nullable String json, String line) {
        if (json == null) {
            throw new IllegalArgumentException("JSON is missing: " + line);
        }
        return json;
    }

    private static List<Bytes> attachments(String text) {
        List<Bytes> attachments = new ArrayList<>();
        for (String one : text.split(" ")) {
            if (!one.isEmpty()) {
                attachments.add(Bytes.of(HexFormat.of().parseHex(one, 1, one.length() - 1)));
            }
        }
        return attachments;
    }

    private static String ack(long id) {
        return id == Packet.NO_ACK ? "" : " ack=" + id;
    }

    private static String offset(@Nullable String offset) {
        return offset == null ? "" : " offset=" + offset;
    }

    /** Writes recovery data. Only clients send it, so no transcript lets the server send it. */
    private static String back(Packet.@Nullable Recovery recovery) {
        return recovery == null ? "" : " pid=" + recovery.pid() + " offset=" + recovery.offset();
    }

    private static String hex(List<Bytes> attachments) {
        StringBuilder hex = new StringBuilder();
        attachments.forEach(attachment -> hex.append(' ').append(RecordingLine.hex(attachment)));
        return hex.toString();
    }
}
