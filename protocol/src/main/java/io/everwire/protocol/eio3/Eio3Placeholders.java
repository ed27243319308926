package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a packet's JSON, which must be valid, without binding it.
 *
 * <p>A placeholder is an object whose {@code _placeholder} is {@code true}; its {@code num} must be the index of an attachment,
 * written in plain digits (CVE-2022-2421). Other keys beside these are let through, and what stands inside a placeholder is not
 * looked at, as in socket.io-parser 3.4.5. Of equal keys the last counts, as everywhere in JavaScript. An attachment may be
 * pointed to twice, or not at all.
 */
final class Eio3Placeholders {
    private static final Bytes MARK = Bytes.utf8("\"_placeholder\"");
    private static final Bytes NUMBER = Bytes.utf8("\"num\"");
    private static final Bytes TRUE = Bytes.utf8("true");

    private final Bytes json;
    private final int attachments;
    private int at;

    private Eio3Placeholders(Bytes json, int attachments) {
        this.json = json;
        this.attachments = attachments;
    }

    /** Whether every placeholder in {@code json} is one of so many attachments. */
    static boolean placeholdersFit(Bytes json, int attachments) {
        return new Eio3Placeholders(json, attachments).value();
    }

    /** The value of a key of an object, or null if it has none. */
    static @Nullable Bytes member(Bytes object, String key) {
        return new Eio3Placeholders(object, 0).member(Bytes.utf8('"' + key + '"'));
    }

    private @Nullable Bytes member(Bytes name) {
        Bytes found = null;
        space();
        at++;
        space();
        while (json.at(at) != '}') {
            Bytes key = key();
            int from = at;
            value();
            found = isKey(key, name) ? json.slice(from, at) : found;
            space();
            if (json.at(at) == ',') {
                at++;
            }
        }
        return found;
    }

    /** Passes the value at {@link #at}; whether the placeholders in it fit. The depth was bounded when it was parsed. */
    private boolean value() {
        byte first = json.at(at);
        if (first == '{') {
            return object();
        } else if (first == '[') {
            return array();
        } else if (first == '"') {
            string();
        } else {
            literal();
        }
        return true;
    }

    private boolean array() {
        at++;
        space();
        if (json.at(at) == ']') {
            at++;
            return true;
        }
        boolean fit = true;
        do {
            space();
            fit &= value();
            space();
        } while (json.at(at++) == ',');
        return fit;
    }

    private boolean object() {
        at++;
        space();
        if (json.at(at) == '}') {
            at++;
            return true;
        }
        boolean fit = true;
        boolean placeholder = false;
        boolean numbered = false;
        do {
            Bytes key = key();
            int from = at;
            fit &= value();
            if (isKey(key, MARK)) {
                placeholder = json.slice(from, at).equals(TRUE);
            } else if (isKey(key, NUMBER)) {
                numbered = isIndex(from, at);
            }
            space();
        } while (json.at(at++) == ',');
        return placeholder ? numbered : fit;
    }

    private Bytes key() {
        space();
        int from = at;
        string();
        Bytes key = json.slice(from, at);
        space();
        at++;
        space();
        return key;
    }

    private void string() {
        at++;
        while (json.at(at) != '"') {
            at += json.at(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private void literal() {
        while (at < json.length() && ",]} \t\r\n".indexOf(json.at(at)) < 0) {
            at++;
        }
    }

    private void space() {
        while (at < json.length() && " \t\r\n".indexOf(json.at(at)) >= 0) {
            at++;
        }
    }

    /** Keys may be spelled with escapes; few are. */
    private static boolean isKey(Bytes key, Bytes name) {
        if (key.equals(name)) {
            return true;
        }
        for (int i = 1; i < key.length(); i++) {
            if (key.at(i) == '\\') {
                String text = Json.text(key.array(), key.offset(), key.end());
                return name.toString().equals('"' + text + '"');
            }
        }
        return false;
    }

    private boolean isIndex(int from, int to) {
        int index = 0;
        for (int i = from; i < to; i++) {
            byte b = json.at(i);
            if (b < '0' || b > '9' || index >= attachments) {
                return false;
            }
            index = 10 * index + b - '0';
        }
        return index < attachments;
    }
}
