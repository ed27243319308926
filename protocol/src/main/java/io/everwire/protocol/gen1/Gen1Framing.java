package io.everwire.protocol.gen1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes payloads: one packet as it is, or several, each behind U+FFFD, its length in UTF-16 units, and
 * U+FFFD.
 *
 * <p>Example, with ␦ for U+FFFD: {@code ␦5␦6:::1␦4␦3:::}.
 *
 * <p>Reading never fails: as in the original, a payload is read up to its first error. Three errors that the original
 * accepted end it here: a missing or malformed number, a packet shorter than promised, and another character in place
 * of U+FFFD.
 */
final class Gen1Framing {
    /** U+FFFD in UTF-8. */
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private static final int NONE = -1;

    private final byte[] bytes;
    private final int end;
    private int at;

    /**
     * Creates a reader.
     *
     * @param payload UTF-8
     */
    Gen1Framing(Bytes payload) {
        this.bytes = payload.array();
        this.at = payload.offset();
        this.end = payload.end();
    }

    /** Returns the next packet, or null if none follows. */
    @Nullable
    Bytes next() {
        if (at >= end) {
            return null;
        }
        // Without a mark, the whole payload is one packet.
        int from = at;
        int to = end;
        if (isMark(at)) {
            int digits = at + MARK.length;
            int i = digits;
            // Capped, so that a long number cannot overflow.
            long units = 0;
            for (; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
                units = Math.min(10 * units + bytes[i] - '0', Integer.MAX_VALUE);
            }
            from = i + MARK.length;
            to = i > digits && isMark(i) ? skip(from, (int) units) : NONE;
        }
        // Two packets have nothing between them but the next one's mark.
        at = to == NONE || (to < end && !isMark(to)) ? end : to;
        return to == NONE ? null : Bytes.of(bytes, from, to);
    }

    /** Returns whether a payload begins with U+FFFD, as one of several packets does. */
    static boolean isMany(Bytes payload) {
        return new Gen1Framing(payload).isMark(payload.offset());
    }

    /** Returns the payload of these packets. A single one is returned without a copy. */
    static Bytes join(List<Bytes> packets) {
        if (packets.size() == 1) {
            return packets.get(0);
        }
        // The size is counted first, so that the packets are copied once.
        byte[][] numbers = new byte[packets.size()][];
        int length = 0;
        for (int i = 0; i < numbers.length; i++) {
            Bytes packet = packets.get(i);
            int units = Utf8.utf16Length(packet.array(), packet.offset(), packet.end());
            numbers[i] = Integer.toString(units).getBytes(US_ASCII);
            length += 2 * MARK.length + numbers[i].length + packet.length();
        }
        byte[] payload = new byte[length];
        int at = 0;
        for (int i = 0; i < numbers.length; i++) {
            Bytes packet = packets.get(i);
            at = put(MARK, 0, MARK.length, payload, at);
            at = put(numbers[i], 0, numbers[i].length, payload, at);
            at = put(MARK, 0, MARK.length, payload, at);
            at = put(packet.array(), packet.offset(), packet.length(), payload, at);
        }
        return Bytes.of(payload);
    }

    /** Copies a range to {@code target}; returns the index behind the copy. */
    private static int put(byte[] source, int from, int length, byte[] target, int at) {
        System.arraycopy(source, from, target, at, length);
        return at + length;
    }

    /** Returns whether U+FFFD is at {@code from}. */
    private boolean isMark(int from) {
        return end - from >= MARK.length
                && bytes[from] == MARK[0]
                && bytes[from + 1] == MARK[1]
                && bytes[from + 2] == MARK[2];
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
