package io.everwire.protocol.text;

/** UTF-8 (RFC 3629) looked at as bytes: shortest forms only, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
    private Utf8() {}

    /** Whether the bytes from {@code from} to {@code to} are valid. */
    public static boolean isValid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            at = bytes[at] >= 0 ? at + 1 : next(bytes, at, to);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where the next character begins, after the one at {@code at}.
     *
     * @return its index, or −1 if there is no valid character at {@code at} or it does not end before {@code to}
     */
    public static int next(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return at + 1;
        }
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || to - at < length || !isSecond(lead, bytes[at + 1] & 0xFF)) {
            return -1;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return -1;
            }
        }
        return at + length;
    }

    /** How many UTF-16 units valid UTF-8 stands for: what JavaScript calls the length of a string. */
    public static int utf16Length(byte[] bytes, int from, int to) {
        int units = 0;
        for (int i = from; i < to; i++) {
            int b = bytes[i] & 0xFF;
            // Every byte that begins a character counts one, and a four-byte character is a surrogate pair.
            units += (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
        }
        return units;
    }

    /** The second byte excludes overlong forms, surrogates and what lies above U+10FFFF (table 3-7 of the Unicode standard). */
    private static boolean isSecond(int lead, int second) {
        return switch (lead) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }
}
