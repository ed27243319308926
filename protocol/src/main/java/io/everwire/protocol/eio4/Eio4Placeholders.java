package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;

/**
 * Finds the placeholders in a packet's JSON and checks their numbers (CVE-2022-2421), without binding the JSON.
 *
 * <p>A placeholder is an object whose {@code _placeholder} is {@code true}. Its {@code num} must be the index of an
 * attachment, in plain digits. Other keys beside these are accepted, and the inside of a placeholder is not checked, as
 * in socket.io-parser 4.2.7.
 *
 * <p>Of equal keys the last one counts, as everywhere in JavaScript. An attachment may be referenced once, or not at all:
 * a message could otherwise cost its receivers many times its size. Clients number each one once; the reference accepts
 * any number of references.
 */
final class Eio4Placeholders {
    private static final Bytes MARK = Bytes.utf8("\"_placeholder\"");
    private static final Bytes NUMBER = Bytes.utf8("\"num\"");
    private static final Bytes TRUE = Bytes.utf8("true");

    private final Bytes json;
    private final boolean[] used;
    private int at;

    /** Creates a walk over {@code json}. */
    private Eio4Placeholders(Bytes json, int attachments) {
        this.json = json;
        this.used = new boolean[attachments];
    }

    /**
     * Returns whether every placeholder in {@code json}, which must be valid, references one of {@code attachments}
     * attachments, and no two of them the same.
     */
    static boolean fit(Bytes json, int attachments) {
        return new Eio4Placeholders(json, attachments).value();
    }

    /** Returns whether a key, quotes included, marks a placeholder. Its object is one if the value {@link #isTrue}. */
    static boolean isMark(Bytes key) {
        return isKey(key, MARK);
    }

    /** Returns whether a value is {@code true}. */
    static boolean isTrue(Bytes value) {
        return value.equals(TRUE);
    }

    /** Returns whether a key, quotes included, is that of a placeholder's number. */
    static boolean isNumber(Bytes key) {
        return isKey(key, NUMBER);
    }

    /**
     * Returns a value as an index; −1 unless it is the index of one of {@code attachments} attachments, in plain
     * digits.
     */
    static int index(Bytes value, int attachments) {
        int index = 0;
        for (int i = 0; i < value.length(); i++) {
            byte b = value.at(i);
            // Checked before each digit, so that a long number cannot overflow.
            if (b < '0' || b > '9' || index >= attachments) {
                return -1;
            }
            index = 10 * index + b - '0';
        }
        return index < attachments ? index : -1;
    }

    /**
     * Consumes the value at {@link #at}; returns whether its placeholders fit. Its depth was limited when it was
     * parsed.
     */
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

    /** Consumes an array; returns whether its placeholders fit. */
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

    /** Consumes an object; returns whether it is a placeholder that fits, or whether the placeholders in it fit. */
    private boolean object() {
        at++;
        space();
        if (json.at(at) == '}') {
            at++;
            return true;
        }
        boolean fit = true;
        boolean placeholder = false;
        int number = -1;
        do {
            Bytes key = key();
            int from = at;
            fit &= value();
            if (isMark(key)) {
                placeholder = isTrue(json.slice(from, at));
            } else if (isNumber(key)) {
                number = index(json.slice(from, at), used.length);
            }
            space();
        } while (json.at(at++) == ',');
        // The inside of a placeholder does not matter: the attachment replaces all of it.
        return placeholder ? use(number) : fit;
    }

    /** Returns whether a number is that of an attachment that is not used yet, and uses it. */
    private boolean use(int number) {
        boolean free = number >= 0 && !used[number];
        if (free) {
            used[number] = true;
        }
        return free;
    }

    /** Consumes a key and its colon; returns the key with its quotes. */
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

    /** Consumes a string. */
    private void string() {
        at++;
        while (json.at(at) != '"') {
            at += json.at(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    /** Consumes a number, true, false or null. */
    private void literal() {
        while (at < json.length() && ",]} \t\r\n".indexOf(json.at(at)) < 0) {
            at++;
        }
    }

    /** Consumes white space. */
    private void space() {
        while (at < json.length() && " \t\r\n".indexOf(json.at(at)) >= 0) {
            at++;
        }
    }

    /** Returns whether a key has this name. Keys may be spelled with escapes, though few are. */
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
}
