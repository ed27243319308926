package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a client that comes back puts among its authentication data: {@code {"pid":"…","offset":"…",…}}. Both must be
 * texts, as in socket.io 4.8 ({@code Namespace._createSocket}); of equal keys the last counts, as everywhere in JavaScript.
 */
final class Eio4Recovery {
    private static final String PID = "pid";
    private static final String OFFSET = "offset";

    /** Keys longer than this, escapes included, are neither: {@code \\u006f} is the longest way to write a letter. */
    private static final int LONGEST_KEY = 2 + 6 * OFFSET.length();

    private final Bytes json;
    private int at;

    private Eio4Recovery(Bytes json) {
        this.json = json;
    }

    /** What {@code json}, a valid object, says; null if it does not say both. */
    static Packet.@Nullable Recovery of(Bytes json) {
        return new Eio4Recovery(json).find();
    }

    private Packet.@Nullable Recovery find() {
        String pid = null;
        String offset = null;
        space();
        at++;
        space();
        while (json.at(at) != '}') {
            String key = key();
            int from = at;
            value();
            String text = json.at(from) == '"' ? text(from, at) : null;
            if (PID.equals(key)) {
                pid = text;
            } else if (OFFSET.equals(key)) {
                offset = text;
            }
            space();
            if (json.at(at) == ',') {
                at++;
                space();
            }
        }
        return pid == null || offset == null ? null : new Packet.Recovery(pid, offset);
    }

    /** The key at {@link #at}, which then stands at its value; null for one that is too long to matter. */
    private @Nullable String key() {
        int from = at;
        string();
        String key = at - from > LONGEST_KEY ? null : text(from, at);
        space();
        at++;
        space();
        return key;
    }

    /** Passes a value, however deep: the brackets of valid JSON outside its strings always match. */
    private void value() {
        int depth = 0;
        do {
            byte b = json.at(at);
            if (b == '"') {
                string();
                continue;
            }
            if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
            at++;
        } while (depth > 0 || ",} \t\r\n".indexOf(json.at(at)) < 0);
    }

    private void string() {
        at++;
        while (json.at(at) != '"') {
            at += json.at(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private void space() {
        while (at < json.length() && " \t\r\n".indexOf(json.at(at)) >= 0) {
            at++;
        }
    }

    private String text(int from, int to) {
        return Json.text(json.array(), json.offset() + from, json.offset() + to);
    }
}
