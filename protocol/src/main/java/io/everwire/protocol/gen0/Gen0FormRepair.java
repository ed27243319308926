package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reverts the changes that an HTML form, by which jsonp-polling sends, makes to a payload after its frames were counted
 * (F13 in {@code docs/old-clients.md}):
 *
 * <ul>
 *   <li>every line end becomes CR LF, though LF was counted;
 *   <li>a page that is not UTF-8, by default windows-1252, writes characters in its charset. Characters that it lacks
 *       become decimal references (an ampersand, a hash, the number, a semicolon).
 * </ul>
 *
 * <p>The lengths show the changes: a frame is read in the form in which another frame, or the end of the payload,
 * follows it. A payload that fits in no form is read as on other transports.
 *
 * <p>Example: the client framed {@code a\nb} as {@code ~m~3~m~a\nb}; the form sent {@code ~m~3~m~a\r\nb}.
 */
final class Gen0FormRepair {
    /**
     * The characters of bytes 0x80 to 0x9F in windows-1252; all others are as in ISO 8859-1 (Encoding standard, index
     * windows-1252).
     */
    private static final String WINDOWS_1252 =
            "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039"
                    + "\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d"
                    + "\u017e\u0178";

    private static final String MARK = "~m~";
    private static final int NONE = -1;
    /** The number of digits of the last character, U+10FFFF. */
    private static final int MAX_REFERENCE_DIGITS = 7;

    private final String text;
    /** Set if the page's charset lacks characters, so that references are expected. */
    private final boolean legacy;

    private final Gen0Queue frames = new Gen0Queue();
    private int at;

    /**
     * The head of a frame, {@code ~m~5~m~}.
     *
     * @param end the index at which the body begins
     * @param units the length that the head promises
     */
    private record Head(int end, int units) {}

    /** Reads frames until one does not fit. */
    private Gen0FormRepair(String text, boolean legacy) {
        this.text = text;
        this.legacy = legacy;
        // Each frame begins at the end of the frame before it.
        while (at < text.length() && nextFrame()) {
            // The next one begins where this one ended.
        }
    }

    /** Returns the frames of {@code data}, a field of a form, in the form in which other transports send them. */
    static Bytes repair(Bytes data) {
        // First as UTF-8, the charset of modern pages.
        Gen0FormRepair modern = null;
        if (Utf8.isValid(data.array(), data.offset(), data.end())) {
            modern = new Gen0FormRepair(data.toString(), false);
        }
        if (modern != null && modern.fits()) {
            return modern.frames.drain();
        }
        Gen0FormRepair legacy = new Gen0FormRepair(windows1252(data), true);
        // If neither reading consumes the whole payload, UTF-8 wins if it is valid.
        return (modern == null || legacy.fits() ? legacy : modern).frames.drain();
    }

    /** Decodes bytes as windows-1252. No input fails. */
    private static String windows1252(Bytes bytes) {
        StringBuilder text = new StringBuilder(bytes.length());
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.at(i) & 0xFF;
            text.append(b >= 0x80 && b < 0xA0 ? WINDOWS_1252.charAt(b - 0x80) : (char) b);
        }
        return text.toString();
    }

    /** Returns whether the frames read so far make up the whole payload. */
    private boolean fits() {
        return at == text.length();
    }

    /** Reads one frame; returns false if none begins here or its body fits in no form. */
    private boolean nextFrame() {
        Head head = head(at);
        String body = head == null ? null : body(head);
        if (body == null) {
            return false;
        }
        frames.add(Gen0Framing.frame(Bytes.utf8(body)));
        return true;
    }

    /** Returns the head of a frame at {@code start}, by the rules of {@link Gen0Framing}; null if none begins there. */
    private @Nullable Head head(int start) {
        if (!text.startsWith(MARK, start)) {
            return null;
        }
        int i = start + MARK.length();
        long number = 0;
        for (; i < text.length() && isDigit(text.charAt(i)); i++) {
            number = Math.min(10 * number + Math.max(0, text.charAt(i) - '0'), Integer.MAX_VALUE);
        }
        return text.startsWith(MARK, i) ? new Head(i + MARK.length(), (int) number) : null;
    }

    /** Returns whether {@code c} is a digit. White space counts as a digit of value 0; see {@link Gen0Framing}. */
    private static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || c == ' ' || (c >= '\t' && c <= '\r');
    }

    /**
     * Reads a body in the first form that fits: without references, then with them. On a UTF-8 page a body that fits in
     * no form is read unchanged, as other transports read it.
     */
    private @Nullable String body(Head head) {
        String body = body(head, false);
        if (body == null && legacy) {
            body = body(head, true);
        }
        boolean complete = head.units <= text.length() - head.end;
        if (body == null && !legacy && complete && !isInsidePair(head.end + head.units)) {
            at = head.end + head.units;
            body = text.substring(head.end, at);
        }
        return body;
    }

    /**
     * Returns the shortest body that has the promised length if some, all or none of its line ends count one, and that
     * a frame or nothing follows. A body that may be read unchanged is therefore read so. Looks no further than the
     * promised length, so that the time for all frames is linear in the size of the payload.
     *
     * @param references whether references are read as the characters that they stand for
     */
    private @Nullable String body(Head head, boolean references) {
        // The length if every CR LF counts one. Each CR LF that the client counted as two makes it one longer.
        int least = 0;
        int lineEnds = 0;
        int i = head.end;
        while (least <= head.units) {
            int longer = least + lineEnds - head.units;
            if (longer >= 0 && (i == text.length() || isFrame(i))) {
                at = i;
                return restored(head.end, i, longer, references);
            }
            if (i == text.length()) {
                return null;
            }
            int character = references ? reference(i) : NONE;
            if (character != NONE) {
                least += Character.charCount(character);
                i = text.indexOf(';', i) + 1;
            } else {
                boolean lineEnd = text.startsWith("\r\n", i);
                lineEnds += lineEnd ? 1 : 0;
                least++;
                i += lineEnd ? 2 : 1;
            }
        }
        return null;
    }

    /**
     * Returns whether a frame begins at {@code start}. A digit is required here, or many texts would look like a frame.
     */
    private boolean isFrame(int start) {
        int digit = start + MARK.length();
        return digit < text.length() && text.charAt(digit) >= '0' && text.charAt(digit) <= '9' && head(start) != null;
    }

    /**
     * Returns the body from {@code from} to {@code to} as the client framed it.
     *
     * @param shorter the number of line ends that were LF; which of them cannot be seen, so the first ones are taken
     */
    private String restored(int from, int to, int shorter, boolean references) {
        StringBuilder restored = new StringBuilder(to - from);
        int left = shorter;
        for (int i = from; i < to; i++) {
            int character = references ? reference(i) : NONE;
            if (character != NONE) {
                restored.appendCodePoint(character);
                i = text.indexOf(';', i);
            } else if (left > 0 && text.startsWith("\r\n", i)) {
                left--;
            } else {
                restored.append(text.charAt(i));
            }
        }
        return restored.toString();
    }

    /** Returns the character of a decimal reference at {@code start}; {@link #NONE} if there is none. */
    private int reference(int start) {
        if (!text.startsWith("&#", start)) {
            return NONE;
        }
        int character = 0;
        int i = start + 2;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            character = 10 * character + text.charAt(i++) - '0';
            if (i - start - 2 > MAX_REFERENCE_DIGITS) {
                return NONE;
            }
        }
        boolean ends = i > start + 2 && i < text.length() && text.charAt(i) == ';';
        // Half a surrogate pair is not a character, and U+0000 stands for a missing number.
        boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return ends && character > 0 && Character.isValidCodePoint(character) && !surrogate ? character : NONE;
    }

    /** Returns whether {@code index} lies between the halves of a surrogate pair, where no frame can end. */
    private boolean isInsidePair(int index) {
        return index > 0
                && index < text.length()
                && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    }
}
