package io.everwire.core.dispatch;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonCursor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;

/**
 * Changes the numbers of the placeholders in valid JSON. A placeholder is an object whose {@code _placeholder} is {@code true} and
 * whose {@code num} is an index; of equal keys the last one counts, as in JavaScript.
 */
public final class Placeholders {
    private static final Bytes MARK = Bytes.utf8("\"_placeholder\"");
    private static final Bytes NUMBER = Bytes.utf8("\"num\"");
    private static final Bytes TRUE = Bytes.utf8("true");

    /** An index has fewer digits: a longer number is none, and does not overflow. */
    private static final int MAX_DIGITS = 9;

    private final Bytes json;
    private final JsonCursor cursor;
    private final IntUnaryOperator numbers;
    private final ByteArrayOutputStream written;
    private int copied;

    private Placeholders(Bytes json, IntUnaryOperator numbers) {
        this.json = json;
        this.cursor = new JsonCursor(json);
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
        walk.cursor.space();
        walk.value();
        walk.copyTo(json.length());
        return Bytes.of(walk.written.toByteArray());
    }

    private void value() {
        switch (cursor.next()) {
            case '{' -> object();
            case '[' -> array();
            default -> cursor.skip();
        }
    }

    private void array() {
        if (cursor.begin()) {
            do {
                value();
            } while (cursor.another());
        }
    }

    private void object() {
        if (!cursor.begin()) {
            return;
        }
        boolean placeholder = false;
        int from = 0;
        int to = 0;
        do {
            Bytes key = cursor.key();
            int begin = cursor.at();
            value();
            if (JsonCursor.isKey(key, MARK)) {
                placeholder = cursor.since(begin).equals(TRUE);
            } else if (JsonCursor.isKey(key, NUMBER)) {
                from = begin;
                to = cursor.at();
            }
        } while (cursor.another());
        int number = placeholder ? index(from, to) : -1;
        if (number >= 0 && from >= copied) {
            copyTo(from);
            written.writeBytes(String.valueOf(numbers.applyAsInt(number)).getBytes(StandardCharsets.US_ASCII));
            copied = to;
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
}
