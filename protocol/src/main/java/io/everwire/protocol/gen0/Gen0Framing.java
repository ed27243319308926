package io.everwire.protocol.gen0;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Frames: {@code ~m~5~m~hello}. A payload is any number of them with nothing in between. The number counts UTF-16 units,
 * JavaScript's length of a string, though the wire is UTF-8.
 *
 * <p>Reading never fails: as in the original, a payload is read as far as it can be. Two things the original let pass end
 * it here: a second {@code ~m~} that is something else, and a body shorter than promised (it gave out what there was).
 */
final class Gen0Framing {
    private static final Bytes MARK = Bytes.utf8("~m~");
    private static final int NONE = -1;

    private final byte[] bytes;
    private final int end;
    private int at;

    /** @param payload should be UTF-8; if it is not, frames are cut at the wrong places, and nothing worse */
    Gen0Framing(Bytes payload) {
        this.bytes = payload.array();
        this.at = payload.offset();
        this.end = payload.end();
    }

    /** The body of the next frame, or null if there is none. */
    @Nullable
    Bytes next() {
        int from = NONE;
        int to = NONE;
        if (isMark(at)) {
            int i = at + MARK.length();
            // A missing number counts as 0, in the original too.
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

    /** One frame around {@code parts} in turn. */
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

    private static int put(Bytes source, byte[] target, int at) {
        System.arraycopy(source.array(), source.offset(), target, at, source.length());
        return at + source.length();
    }

    private boolean isMark(int from) {
        return end - from >= 3 && bytes[from] == '~' && bytes[from + 1] == 'm' && bytes[from + 2] == '~';
    }

    /** White space, U+0009 to U+000D and the blank, is a digit of value 0: so JavaScript's conversion to a number sees it. */
    private static boolean isDigit(byte b) {
        return (b >= '0' && b <= '9') || b == ' ' || (b >= '\t' && b <= '\r');
    }

    /** Where {@code units} UTF-16 units after {@code from} end; {@link #NONE} if there are fewer or the cut splits a character. */
    private int skip(int from, int units) {
        int i = from;
        int left = units;
        while (left > 0 && i < end) {
            int lead = bytes[i] & 0xFF;
            left -= lead < 0xF0 ? 1 : 2;
            i += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        }
        return left == 0 && i <= end ? i : NONE;
    }
}
