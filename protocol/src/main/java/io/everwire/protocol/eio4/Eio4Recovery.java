package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonCursor;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * Finds the recovery data that a reconnecting client puts among its authentication data: {@code
 * {"pid":"…","offset":"…",…}}. Both values must be texts, as in socket.io 4.8 ({@code Namespace._createSocket}). Of
 * equal keys the last one counts, as everywhere in JavaScript.
 */
final class Eio4Recovery {
    private static final Bytes PID = Bytes.utf8("\"pid\"");
    private static final Bytes OFFSET = Bytes.utf8("\"offset\"");

    private Eio4Recovery() {}

    /** Returns the recovery data in {@code json}, a valid object; null unless it has both values. */
    static Packet.@Nullable Recovery of(Bytes json) {
        String pid = null;
        String offset = null;
        JsonCursor cursor = new JsonCursor(json);
        cursor.space();
        if (cursor.begin()) {
            do {
                Bytes key = cursor.key();
                Bytes value = cursor.skip();
                if (JsonCursor.isKey(key, PID)) {
                    pid = text(value);
                } else if (JsonCursor.isKey(key, OFFSET)) {
                    offset = text(value);
                }
            } while (cursor.another());
        }
        return pid == null || offset == null ? null : new Packet.Recovery(pid, offset);
    }

    /** Returns the text of a string; null for other values, which replace an earlier text, too. */
    private static @Nullable String text(Bytes value) {
        return value.at(0) == '"' ? Json.text(value.array(), value.offset(), value.end()) : null;
    }
}
