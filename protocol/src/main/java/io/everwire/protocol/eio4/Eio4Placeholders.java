package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonCursor;
import io.everwire.protocol.msgpack.Placeholder;

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
    private final JsonCursor cursor;
    private final boolean[] used;

    /** Creates a walk over {@code json}. */
    private Eio4Placeholders(Bytes json, int attachments) {
        this.cursor = new JsonCursor(json);
        this.used = new boolean[attachments];
    }

    /**
     * Returns whether every placeholder in {@code json}, which must be valid, references one of {@code attachments}
     * attachments, and no two of them the same.
     */
    static boolean fit(Bytes json, int attachments) {
        return new Eio4Placeholders(json, attachments).value();
    }

    /** Consumes a value; returns whether its placeholders fit. Its depth was limited when it was parsed. */
    private boolean value() {
        return switch (cursor.next()) {
            case '{' -> object();
            case '[' -> array();
            default -> !cursor.skip().isEmpty();
        };
    }

    /** Consumes an array; returns whether its placeholders fit. */
    private boolean array() {
        boolean fit = true;
        if (cursor.begin()) {
            do {
                fit &= value();
            } while (cursor.another());
        }
        return fit;
    }

    /** Consumes an object; returns whether it is a placeholder that fits, or whether the placeholders in it fit. */
    private boolean object() {
        boolean fit = true;
        boolean placeholder = false;
        int number = -1;
        if (cursor.begin()) {
            do {
                Bytes key = cursor.key();
                int from = cursor.at();
                fit &= value();
                if (Placeholder.isMark(key)) {
                    placeholder = Placeholder.isTrue(cursor.since(from));
                } else if (Placeholder.isNumber(key)) {
                    number = Placeholder.index(cursor.since(from), used.length);
                }
            } while (cursor.another());
        }
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
}
