package io.everwire.core;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonCursor;
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
    private static final Bytes MARK = Bytes.utf8("\"_placeholder\"");
    private static final Bytes NUMBER = Bytes.utf8("\"num\"");

    /** Above every index that a codec writes by itself. */
    private static final int LEAST_BASE = 1 << 28;

    /** All numbers of {@link Numbered} have so many digits at most. */
    private static final int DIGITS = 10;

    private final byte[] json;
    private final JsonCursor cursor;
    private final int base;
    private final List<Edit> edits = new ArrayList<>(0);

    /** The number of objects found. */
    private int count;

    /** Replaces a range of the JSON. */
    private record Edit(int from, int to, String text) {}

    private UserPlaceholders(byte[] json, int base) {
        this.json = json;
        this.cursor = new JsonCursor(Bytes.of(json));
        this.base = base;
    }

    /** Returns the number of objects in valid JSON that a client may take for placeholders. */
    static int count(byte[] json) {
        UserPlaceholders walk = new UserPlaceholders(json, 0);
        walk.cursor.space();
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
        walk.cursor.space();
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
        int markFrom = -1;
        int markTo = -1;
        int numberFrom = -1;
        int numberTo = -1;
        do {
            Bytes key = cursor.key();
            int from = cursor.at();
            value();
            if (JsonCursor.isKey(key, MARK)) {
                mark(markFrom, markTo);
                markFrom = from;
                markTo = cursor.at();
            } else if (JsonCursor.isKey(key, NUMBER)) {
                numberFrom = from;
                numberTo = cursor.at();
            }
        } while (cursor.another());
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
}
