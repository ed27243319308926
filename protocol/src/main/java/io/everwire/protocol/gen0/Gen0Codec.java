package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes the body of a frame: a text, {@code ~j~} and JSON, or {@code ~h~} and the number of a heartbeat.
 *
 * <p>This generation has no namespaces, events, acks or binary data. An event is sent as the object {@code
 * {"name":…,"args":[…]}}, binary data as base64.
 */
final class Gen0Codec {
    private static final Bytes JSON = Bytes.utf8("~j~");
    private static final Bytes HEARTBEAT = Bytes.utf8("~h~");
    private static final Bytes EVENT_NAME = Bytes.utf8("~j~{\"name\":");
    private static final Bytes EVENT_ARGS = Bytes.utf8(",\"args\":");
    private static final Bytes EVENT_END = Bytes.utf8("}");
    /** No bytes, then the end of the session: this generation has no packet for a disconnect. */
    private static final Encoded CLOSE_SESSION = new Encoded(Bytes.EMPTY, List.of(), true);

    private Gen0Codec() {}

    /** Returns the frame of {@code packet}; nothing if this generation cannot express it. */
    static Encoded encode(Packet packet) {
        // The only namespace is the main one. Connect and Ack have no form either: joining is implicit, acks are never
        // asked for.
        if (!packet.namespace().equals(Packet.ROOT)) {
            return Encoded.NOTHING;
        }
        if (packet instanceof Packet.Message message) {
            return Encoded.text(message(Gen0Attachments.inline(message.data(), message.attachments())));
        }
        if (packet instanceof Packet.Event event) {
            Bytes args = Gen0Attachments.inline(event.data().tail().json(), event.attachments());
            // ~m~33~m~~j~{"name":"news","args":["a",1]}
            return Encoded.text(Gen0Framing.frame(EVENT_NAME, event.data().element(0), EVENT_ARGS, args, EVENT_END));
        }
        boolean ends = packet instanceof Packet.Disconnect || packet instanceof Packet.ConnectError;
        return ends ? CLOSE_SESSION : Encoded.NOTHING;
    }

    /** Returns the frame of a heartbeat, for example {@code ~m~4~m~~h~1}. The client sends the same bytes back. */
    static Bytes heartbeat(int number) {
        return Gen0Framing.frame(HEARTBEAT, Bytes.utf8(Integer.toString(number)));
    }

    /** Returns whether the body of a frame begins with the mark of a heartbeat. */
    static boolean isHeartbeat(Bytes body) {
        return startsWith(body, HEARTBEAT);
    }

    /** Returns whether the body of a frame begins with the mark of JSON. */
    static boolean isJson(Bytes body) {
        return startsWith(body, JSON);
    }

    /** Returns whether {@code body}, a heartbeat, answers the heartbeat with this number. */
    static boolean isEcho(Bytes body, int number) {
        return body.slice(HEARTBEAT.length(), body.length()).equals(Bytes.utf8(Integer.toString(number)));
    }

    /**
     * Returns the message of a frame that is not a heartbeat; null if it has the mark of JSON but no valid JSON. The
     * original delivered an empty object then (0.6.4 and later).
     */
    static Packet.@Nullable Message decode(Bytes body, int maxDepth) {
        if (!isJson(body)) {
            return new Packet.Message(Packet.ROOT, Packet.NO_ACK, Gen0Text.quote(body), List.of());
        }
        Bytes json = Gen0Text.trim(body.slice(JSON.length(), body.length()));
        return Json.isValue(json.array(), json.offset(), json.end(), maxDepth)
                ? new Packet.Message(Packet.ROOT, Packet.NO_ACK, json, List.of())
                : null;
    }

    /**
     * Frames a JSON value: a string as a text, everything else as JSON. The original wrote numbers and booleans as
     * texts, and an array as one frame for each element.
     */
    private static Bytes message(Bytes json) {
        if (json.at(0) != '"' || json.at(json.length() - 1) != '"') {
            return Gen0Framing.frame(JSON, json);
        }
        Bytes text = Gen0Text.unquote(json);
        // The client would take text with such a beginning for a heartbeat or for JSON. As a JSON string, ~j~"~h~1", it
        // arrives unchanged.
        boolean mistakable = startsWith(text, HEARTBEAT) || startsWith(text, JSON);
        return mistakable ? Gen0Framing.frame(JSON, json) : Gen0Framing.frame(text);
    }

    /** Returns whether {@code bytes} begin with {@code prefix}. */
    private static boolean startsWith(Bytes bytes, Bytes prefix) {
        int end = bytes.offset() + prefix.length();
        return bytes.length() >= prefix.length()
                && Arrays.equals(bytes.array(), bytes.offset(), end, prefix.array(), prefix.offset(), prefix.end());
    }
}
