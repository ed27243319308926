package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a frame: text, or {@code ~j~} and JSON, or {@code ~h~} and a heartbeat's number. There are no namespaces,
 * events, acks or binary data: an event is sent as the object {@code {"name":…,"args":[…]}}, binary data as base64.
 */
final class Gen0Codec {
    private static final Bytes JSON = Bytes.utf8("~j~");
    private static final Bytes HEARTBEAT = Bytes.utf8("~h~");
    private static final Bytes EVENT_NAME = Bytes.utf8("~j~{\"name\":");
    private static final Bytes EVENT_ARGS = Bytes.utf8(",\"args\":");
    private static final Bytes EVENT_END = Bytes.utf8("}");
    private static final Encoded CLOSE_SESSION = new Encoded(Bytes.EMPTY, List.of(), true);

    private Gen0Codec() {}

    /** The frame that says {@code packet}; nothing where this generation has no word for it. */
    static Encoded encode(Packet packet) {
        if (!packet.namespace().equals(Packet.ROOT)) {
            return Encoded.NOTHING;
        }
        if (packet instanceof Packet.Message message) {
            return Encoded.text(message(Gen0Attachments.inline(message.data(), message.attachments())));
        }
        if (packet instanceof Packet.Event event) {
            Bytes args = Gen0Attachments.inline(event.data().tail().json(), event.attachments());
            return Encoded.text(Gen0Framing.frame(EVENT_NAME, event.data().element(0), EVENT_ARGS, args, EVENT_END));
        }
        boolean ends = packet instanceof Packet.Disconnect || packet instanceof Packet.ConnectError;
        return ends ? CLOSE_SESSION : Encoded.NOTHING;
    }

    static Bytes heartbeat(int number) {
        return Gen0Framing.frame(HEARTBEAT, Bytes.utf8(Integer.toString(number)));
    }

    static boolean isHeartbeat(Bytes body) {
        return startsWith(body, HEARTBEAT);
    }

    static boolean isJson(Bytes body) {
        return startsWith(body, JSON);
    }

    /** Whether {@code body}, a heartbeat, echoes the one with this number. */
    static boolean isEcho(Bytes body, int number) {
        return body.slice(HEARTBEAT.length(), body.length()).equals(Bytes.utf8(Integer.toString(number)));
    }

    /** The message that a frame's body holds; null if it promises JSON and has none. */
    static Packet.@Nullable Message decode(Bytes body, int maxDepth) {
        if (!isJson(body)) {
            return new Packet.Message(Packet.ROOT, Packet.NO_ACK, Gen0Text.quote(body), List.of());
        }
        Bytes json = Gen0Text.trim(body.slice(JSON.length(), body.length()));
        return Json.isValue(json.array(), json.offset(), json.end(), maxDepth)
                ? new Packet.Message(Packet.ROOT, Packet.NO_ACK, json, List.of())
                : null;
    }

    private static Bytes message(Bytes json) {
        if (json.at(0) != '"' || json.at(json.length() - 1) != '"') {
            return Gen0Framing.frame(JSON, json);
        }
        Bytes text = Gen0Text.unquote(json);
        // Text that begins like a mark would be taken for one: as a JSON string it arrives as it is.
        boolean mistakable = startsWith(text, HEARTBEAT) || startsWith(text, JSON);
        return mistakable ? Gen0Framing.frame(JSON, json) : Gen0Framing.frame(text);
    }

    private static boolean startsWith(Bytes bytes, Bytes prefix) {
        int end = bytes.offset() + prefix.length();
        return bytes.length() >= prefix.length()
                && Arrays.equals(bytes.array(), bytes.offset(), end, prefix.array(), prefix.offset(), prefix.end());
    }
}
