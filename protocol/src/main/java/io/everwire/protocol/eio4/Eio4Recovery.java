package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * Finds the recovery data that a reconnecting client puts among its authentication data: {@code
 * {"pid":"…","offset":"…",…}}. Both values must be texts, as in socket.io 4.8 ({@code Namespace._createSocket}). Of
 * equal keys the last one counts, as everywhere in JavaScript.
 */
final class Eio4Recovery {
    private static final String PID = "pid";
    private static final String OFFSET = "offset";

    /**
     * A longer key, escapes included, is neither of the two: an escape of six characters is the longest spelling of a
     * letter.
     */
    private static final int LONGEST_KEY = 2 + 6 * OFFSET.length();

    private final Bytes json;
    private int at;

    /** Creates a walk over {@code json}. */
    private Eio4Recovery(Bytes json) {
        this.json = json;
    }

    /** Returns the recovery data in {@code json}, a valid object; null unless it has both values. */
    static Packet.@Nullable Recovery of(Bytes json) {
        return new Eio4Recovery(json).find();
    }

    /** Visits the members of the object. */
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
            // A later value that is no text replaces an earlier text.
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

    /** Consumes a key and its colon; returns null for a key that is too long to matter. */
    private @Nullable String key() {
        int from = at;
        string();
        String key = at - from > LONGEST_KEY ? null : text(from, at);
        space();
        at++;
        space();
        return key;
    }

    /** Consumes a value, however deep: the brackets of valid JSON outside of its strings always match. */
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

    /** Consumes a string. */
    private void string() {
        at++;
        while (json.at(at) != '"') {
            at += json.at(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    /** Consumes white space. */
    private void space() {
        while (at < json.length() && " \t\r\n".indexOf(json.at(at)) >= 0) {
            at++;
        }
    }

    /** Returns the text of the string literal in the range. */
    private String text(int from, int to) {
        return Json.text(json.array(), json.offset() + from, json.offset() + to);
    }
}
