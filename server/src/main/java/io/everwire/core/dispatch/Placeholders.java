package io.everwire.core.dispatch;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;

/**
 * Changes the numbers of the placeholders in valid JSON. A placeholder is an object whose {@code _placeholder} is {@code true} and
 * whose {@code num} is an index; of equal keys the last one counts, as in JavaScript.
 */
public final class Placeholders {
    private static final Bytes MARK = Bytes.utf8("_placeholder");
    private static final Bytes NUMBER = Bytes.utf8("num");
    private static final Bytes TRUE = Bytes.utf8("true");

    /** An index has fewer digits: a longer number is none, and does not overflow. */
    private static final int MAX_DIGITS = 9;

    private final Bytes json;
    private final IntUnaryOperator numbers;
    private final ByteArrayOutputStream written;
    private int copied;
    private int at;

    private Placeholders(Bytes json, IntUnaryOperator numbers) {
        this.json = json;
        this.numbers = numbers;
        this.written = new ByteArrayOutputStream(json.length() + 16);
    }

    /**
     * Returns the JSON with other numbers.
     *
     * @param numbers returns the new number of a placeholder; called in the order of the placeholders
     */
    public static Bytes renumber(Bytes json, IntUnaryOperator numbers) {
        Placeholders walk = new Placeholders(json, numbers);
        walk.space();
        walk.value();
        walk.copyTo(json.length());
        return Bytes.of(walk.written.toByteArray());
    }

    private void value() {
        switch (json.at(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> literal();
        }
    }

    private void array() {
        at++;
        space();
        if (json.at(at) == ']') {
            at++;
            return;
        }
        do {
            space();
            value();
            space();
        } while (json.at(at++) == ',');
    }

    private void object() {
        at++;
        space();
        if (json.at(at) == '}') {
            at++;
            return;
        }
        boolean placeholder = false;
        int from = 0;
        int to = 0;
        do {
            Bytes key = key();
            int begin = at;
            value();
            if (is(key, MARK)) {
                placeholder = json.slice(begin, at).equals(TRUE);
            } else if (is(key, NUMBER)) {
                from = begin;
                to = at;
            }
            space();
        } while (json.at(at++) == ',');
        int number = placeholder ? index(from, to) : -1;
        if (number >= 0 && from >= copied) {
            copyTo(from);
            written.writeBytes(String.valueOf(numbers.applyAsInt(number)).getBytes(StandardCharsets.US_ASCII));
            copied = to;
        }
    }

    /** Consumes a key and its colon; returns the key without its quotes. */
    private Bytes key() {
        space();
        int from = at;
        string();
        Bytes key = json.slice(from + 1, at - 1);
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

    private void copyTo(int end) {
        written.write(json.array(), json.offset() + copied, end - copied);
        copied = end;
    }

    /** Returns a number in plain digits; −1 for any other value. */
    private int index(int from, int to) {
        int index = from < to && to - from <= MAX_DIGITS ? 0 : -1;
        for (int i = from; i < to && index >= 0; i++) {
            byte digit = json.at(i);
            index = digit >= '0' && digit <= '9' ? 10 * index + digit - '0' : -1;
        }
        return index;
    }

    /** Returns whether a key has this name. Keys may be spelled with escapes, though few are. */
    private static boolean is(Bytes key, Bytes name) {
        if (key.equals(name)) {
            return true;
        }
        for (int i = 0; i < key.length(); i++) {
            if (key.at(i) == '\\') {
                return Json.text(key.array(), key.offset() - 1, key.end() + 1).equals(name.toString());
            }
        }
        return false;
    }
}
