package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;

/**
 * Finds the placeholders in a packet's JSON and checks what they point to (CVE-2022-2421), without binding the JSON.
 *
 * <p>A placeholder is an object whose {@code _placeholder} is {@code true}; its {@code num} must be the index of an
 * attachment, written in plain digits. Other keys beside these are let through, and what stands inside a placeholder is
 * not looked at, as in socket.io-parser 4.2.7. Of equal keys the last counts, as everywhere in JavaScript. An attachment
 * may be pointed to twice, or not at all.
 */
final class Eio4Placeholders {
    private static final Bytes MARK = Bytes.utf8("\"_placeholder\"");
    private static final Bytes NUMBER = Bytes.utf8("\"num\"");
    private static final Bytes TRUE = Bytes.utf8("true");

    private final Bytes json;
    private final int attachments;
    private int at;

    private Eio4Placeholders(Bytes json, int attachments) {
        this.json = json;
        this.attachments = attachments;
    }

    /** Whether every placeholder in {@code json}, which must be valid, is one of so many attachments. */
    static boolean fit(Bytes json, int attachments) {
        return new Eio4Placeholders(json, attachments).value();
    }

    /** Whether a key, with its quotes, is the one that makes a placeholder, if its value {@link #isTrue}. */
    static boolean isMark(Bytes key) {
        return isKey(key, MARK);
    }

    static boolean isTrue(Bytes value) {
        return value.equals(TRUE);
    }

    /** Whether a key, with its quotes, is that of a placeholder's number. */
    static boolean isNumber(Bytes key) {
        return isKey(key, NUMBER);
    }

    /** The number that a value is if it is the index of one of so many attachments, written in plain digits; else −1. */
    static int index(Bytes value, int attachments) {
        int index = 0;
        for (int i = 0; i < value.length(); i++) {
            byte b = value.at(i);
            if (b < '0' || b > '9' || index >= attachments) {
                return -1;
            }
            index = 10 * index + b - '0';
        }
        return index < attachments ? index : -1;
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
            if (isMark(key)) {
                placeholder = isTrue(json.slice(from, at));
            } else if (isNumber(key)) {
                numbered = index(json.slice(from, at), attachments) >= 0;
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
}
