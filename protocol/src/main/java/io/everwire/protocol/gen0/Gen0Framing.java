package io.everwire.protocol.gen0;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes frames: {@code ~m~5~m~hello}. A payload is any number of frames with nothing between them. The
 * number counts UTF-16 units, the length of a string in JavaScript, although the wire is UTF-8: {@code ~m~2~m~😀}.
 *
 * <p>Reading never fails: as in the original, a payload is read up to its first error. Two errors that the original
 * accepted end it here: a second mark that is not {@code ~m~}, and a body shorter than promised (the original delivered
 * the rest of the payload).
 */
final class Gen0Framing {
    private static final Bytes MARK = Bytes.utf8("~m~");
    private static final int NONE = -1;

    private final byte[] bytes;
    private final int end;
    private int at;

    /**
     * Creates a reader.
     *
     * @param payload should be UTF-8; otherwise frames are cut at wrong positions, and nothing worse happens
     */
    Gen0Framing(Bytes payload) {
        this.bytes = payload.array();
        this.at = payload.offset();
        this.end = payload.end();
    }

    /** Returns the body of the next frame, or null if none follows. After null it returns null for ever. */
    @Nullable
    Bytes next() {
        int from = NONE;
        int to = NONE;
        if (isMark(at)) {
            int i = at + MARK.length();
            // A missing number counts as 0, in the original too. It is capped, so that a long number cannot overflow.
            long units = 0;
            for (; i < end && isDigit(bytes[i]); i++) {
                units = Math.min(10 * units + (bytes[i] < '0' ? 0 : bytes[i] - '0'), Integer.MAX_VALUE);
            }
            if (isMark(i)) {
                from = i + MARK.length();
                to = skip(from, (int) units);
            }
        }
        if (to == NONE) {
            at = end;
            return null;
        }
        at = to;
        return Bytes.of(bytes, from, to);
    }

    /** Returns one frame with {@code parts} in turn as its body, without a copy of the body in between. */
    static Bytes frame(Bytes... parts) {
        int units = 0;
        int length = 2 * MARK.length();
        for (Bytes part : parts) {
            units += Utf8.utf16Length(part.array(), part.offset(), part.end());
            length += part.length();
        }
        Bytes number = Bytes.of(Integer.toString(units).getBytes(US_ASCII));
        byte[] frame = new byte[length + number.length()];
        int at = put(MARK, frame, 0);
        at = put(number, frame, at);
        at = put(MARK, frame, at);
        for (Bytes part : parts) {
            at = put(part, frame, at);
        }
        return Bytes.of(frame);
    }

    /** Copies {@code source} to {@code target}; returns the index behind the copy. */
    private static int put(Bytes source, byte[] target, int at) {
        System.arraycopy(source.array(), source.offset(), target, at, source.length());
        return at + source.length();
    }

    /** Returns whether {@code ~m~} is at {@code from}. */
    private boolean isMark(int from) {
        return end - from >= 3 && bytes[from] == '~' && bytes[from + 1] == 'm' && bytes[from + 2] == '~';
    }

    /**
     * Returns whether {@code b} is a digit. White space, U+0009 to U+000D and the blank, is a digit of value 0: the
     * original converts characters to numbers, and JavaScript converts white space to 0.
     */
    private static boolean isDigit(byte b) {
        return (b >= '0' && b <= '9') || b == ' ' || (b >= '\t' && b <= '\r');
    }

    /**
     * Returns the index {@code units} UTF-16 units behind {@code from}; {@link #NONE} if there are fewer, or if the
     * index is inside a character.
     */
    private int skip(int from, int units) {
        int i = from;
        int left = units;
        while (left > 0 && i < end) {
            int lead = bytes[i] & 0xFF;
            // The lead byte gives the length of the character; only four bytes of UTF-8 are a pair of units.
            left -= lead < 0xF0 ? 1 : 2;
            i += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        }
        return left == 0 && i <= end ? i : NONE;
    }
}
