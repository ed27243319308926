package io.everwire.protocol.gen1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Payloads: one packet as it is, or several, each behind U+FFFD, its length in UTF-16 units, and U+FFFD.
 *
 * <p>Reading never fails: as in the original, a payload is read as far as it can be. Three things the original let pass end
 * it here: a missing or odd number, a packet shorter than promised, and another character where U+FFFD should stand.
 */
final class Gen1Framing {
    /** U+FFFD in UTF-8. */
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private static final int NONE = -1;

    private final byte[] bytes;
    private final int end;
    private int at;

    /** @param payload UTF-8 */
    Gen1Framing(Bytes payload) {
        this.bytes = payload.array();
        this.at = payload.offset();
        this.end = payload.end();
    }

    /** The next packet, or null if there is none. */
    @Nullable
    Bytes next() {
        if (at >= end) {
            return null;
        }
        int from = at;
        int to = end;
        if (isMark(at)) {
            int digits = at + MARK.length;
            int i = digits;
            long units = 0;
            for (; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
                units = Math.min(10 * units + bytes[i] - '0', Integer.MAX_VALUE);
            }
            from = i + MARK.length;
            to = i > digits && isMark(i) ? skip(from, (int) units) : NONE;
        }
        // Between two packets there is nothing but the next one's mark.
        at = to == NONE || (to < end && !isMark(to)) ? end : to;
        return to == NONE ? null : Bytes.of(bytes, from, to);
    }

    /** The payload of these packets. A single one is passed on without a copy. */
    static Bytes join(List<Bytes> packets) {
        if (packets.size() == 1) {
            return packets.get(0);
        }
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

    private static int put(byte[] source, int from, int length, byte[] target, int at) {
        System.arraycopy(source, from, target, at, length);
        return at + length;
    }

    private boolean isMark(int from) {
        return end - from >= MARK.length
                && bytes[from] == MARK[0]
                && bytes[from + 1] == MARK[1]
                && bytes[from + 2] == MARK[2];
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
