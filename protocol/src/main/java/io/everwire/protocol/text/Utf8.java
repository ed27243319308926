package io.everwire.protocol.text;

/** Checks and measures UTF-8 (RFC 3629) as bytes: shortest forms only, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
    private Utf8() {}

    /** Returns whether the bytes from {@code from} to {@code to} are valid UTF-8. */
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
     * Returns the index behind the character at {@code at}.
     *
     * @return the index, or −1 if no valid character begins at {@code at} or if it does not end before {@code to}
     */
    public static int next(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return at + 1;
        }
        // 80 to BF continue a character, C0 and C1 begin only overlong forms, F5 to FF begin nothing: none has a
        // length.
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || to - at < length || !isSecond(lead, bytes[at + 1] & 0xFF)) {
            return -1;
        }
        for (int i = 2; i < length; i++) {
            // Only the second byte depends on the first; all others are 80 to BF.
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return -1;
            }
        }
        return at + length;
    }

    /**
     * Returns the length of valid UTF-8 in UTF-16 units, which is the length of the string in JavaScript. Example:
     * {@code é€} is 2, {@code 😀} is 2.
     */
    public static int utf16Length(byte[] bytes, int from, int to) {
        int units = 0;
        for (int i = from; i < to; i++) {
            int b = bytes[i] & 0xFF;
            // Every byte that begins a character counts one; a four-byte character is a surrogate pair.
            units += (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
        }
        return units;
    }

    /**
     * Returns whether {@code second} may follow {@code lead}. Excludes overlong forms, surrogates and code points above
     * U+10FFFF (table 3-7 of the Unicode standard).
     */
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
