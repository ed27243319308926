package io.everwire.core;

import io.everwire.protocol.text.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds user data that clients would take for placeholders of binary data: objects with a member {@code _placeholder}. In a packet with
 * attachments such data, which another client may have sent, would be replaced by an attachment, or be a parse error that closes the
 * connection of each receiver. Used for one JSON value.
 */
final class UserPlaceholders {
    private static final String MEMBER = "_placeholder";

    /** Above every index that a codec writes by itself. */
    private static final int LEAST_BASE = 1 << 28;

    /** All numbers of {@link Numbered} have so many digits at most. */
    private static final int DIGITS = 10;

    private final byte[] json;
    private final int base;
    private final List<Edit> edits = new ArrayList<>(0);
    private int at;

    /** The number of objects found. */
    private int count;

    /** Replaces a range of the JSON. */
    private record Edit(int from, int to, String text) {}

    private UserPlaceholders(byte[] json, int base) {
        this.json = json;
        this.base = base;
    }

    /** Returns the number of objects in valid JSON that a client may take for placeholders. */
    static int count(byte[] json) {
        UserPlaceholders walk = new UserPlaceholders(json, 0);
        walk.value();
        return walk.count;
    }

    /**
     * Returns JSON in which only the placeholders of its attachments are left: their numbers begin at 0, and the mark of user data is
     * null.
     *
     * @param json written with {@link Numbered}
     */
    static byte[] neutralize(byte[] json, Numbered attachments) {
        UserPlaceholders walk = new UserPlaceholders(json, attachments.base);
        walk.value();
        return walk.edited();
    }

    /** A list of attachments whose indexes begin at a random number, so that user data cannot have the number of a placeholder. */
    static final class Numbered extends AbstractList<byte[]> {
        private final int base = ThreadLocalRandom.current().nextInt(LEAST_BASE, Integer.MAX_VALUE / 4);
        private final List<byte[]> attachments = new ArrayList<>();

        /** Returns the attachments, from index 0 on. */
        List<byte[]> attachments() {
            return attachments;
        }

        @Override
        public boolean add(byte[] attachment) {
            return attachments.add(attachment);
        }

        @Override
        public byte[] get(int index) {
            return attachments.get(index - base);
        }

        @Override
        public int size() {
            return base + attachments.size();
        }
    }

    /** Consumes a value and the white space around it; returns the index behind the value. */
    private int value() {
        space();
        switch (json[at]) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> literal();
        }
        int end = at;
        space();
        return end;
    }

    private void array() {
        at++;
        space();
        while (json[at] != ']') {
            value();
            at += json[at] == ',' ? 1 : 0;
        }
        at++;
    }

    private void object() {
        at++;
        space();
        int markFrom = -1;
        int markTo = -1;
        int numberFrom = -1;
        int numberTo = -1;
        while (json[at] != '}') {
            space();
            int key = at;
            string();
            int keyEnd = at;
            space();
            at++;
            space();
            int from = at;
            int to = value();
            if (is(key, keyEnd, MEMBER)) {
                mark(markFrom, markTo);
                markFrom = from;
                markTo = to;
            } else if (is(key, keyEnd, "num")) {
                numberFrom = from;
                numberTo = to;
            }
            at += json[at] == ',' ? 1 : 0;
        }
        at++;
        if (markFrom < 0) {
            return;
        }
        count++;
        int number = numberFrom < 0 ? -1 : number(numberFrom, numberTo);
        if (base > 0 && number >= base) {
            replace(numberFrom, numberTo, String.valueOf(number - base));
        } else {
            mark(markFrom, markTo);
        }
    }

    /** Replaces the mark of user data by null. */
    private void mark(int from, int to) {
        if (from >= 0 && base > 0) {
            replace(from, to, "null");
        }
    }

    private void replace(int from, int to, String text) {
        edits.add(new Edit(from, to, text));
    }

    /** Applies the edits. One that contains others comes first, and replaces them. */
    private byte[] edited() {
        edits.sort(Comparator.comparingInt(Edit::from));
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
        int copied = 0;
        for (Edit edit : edits) {
            if (edit.from >= copied) {
                out.write(json, copied, edit.from - copied);
                out.writeBytes(edit.text.getBytes(StandardCharsets.US_ASCII));
                copied = edit.to;
            }
        }
        out.write(json, copied, json.length - copied);
        return out.toByteArray();
    }

    /** Returns a number with so many digits as those of {@link Numbered}; −1 for other values. */
    private int number(int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (to - from > DIGITS || json[i] < '0' || json[i] > '9') {
                return -1;
            }
            number = 10 * number + json[i] - '0';
        }
        return number;
    }

    /** Returns whether the literal of a key is a name, perhaps with escapes. */
    private boolean is(int from, int to, String name) {
        boolean escaped = false;
        for (int i = from; i < to && !escaped; i++) {
            escaped = json[i] == '\\';
        }
        if (escaped) {
            return Json.text(json, from, to).equals(name);
        }
        if (to - from - 2 != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (json[from + 1 + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void string() {
        at++;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    /** Consumes a number, true, false or null. */
    private void literal() {
        while (at < json.length && ",]} \t\r\n".indexOf(json[at]) < 0) {
            at++;
        }
    }

    private void space() {
        while (at < json.length && " \t\r\n".indexOf(json[at]) >= 0) {
            at++;
        }
    }
}
