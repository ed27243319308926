package io.everwire.protocol.msgpack;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonCursor;

/** The members of the JSON object that stands for an attachment: {@code {"_placeholder":true,"num":0}}. */
public final class Placeholder {
    private static final Bytes MARK = Bytes.utf8("\"_placeholder\"");
    private static final Bytes NUMBER = Bytes.utf8("\"num\"");
    private static final Bytes TRUE = Bytes.utf8("true");

    private Placeholder() {}

    /** Returns whether a key, quotes included, marks a placeholder. Its object is one if the value {@link #isTrue}. */
    public static boolean isMark(Bytes key) {
        return JsonCursor.isKey(key, MARK);
    }

    /** Returns whether a value is {@code true}. */
    public static boolean isTrue(Bytes value) {
        return value.equals(TRUE);
    }

    /** Returns whether a key, quotes included, is that of a placeholder's number. */
    public static boolean isNumber(Bytes key) {
        return JsonCursor.isKey(key, NUMBER);
    }

    /**
     * Returns a value as an index; −1 unless it is the index of one of {@code attachments} attachments, in plain
     * digits.
     */
    public static int index(Bytes value, int attachments) {
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
}
