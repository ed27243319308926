package io.everwire.engine;

import org.jspecify.annotations.Nullable;

/** Makes text that a peer sent, or may have sent, safe for logs: on one line, visible, and short. */
public final class LogSanitizer {
    /** Enough to recognise a message; a peer must not fill the disk. */
    static final int MAX_LENGTH = 200;

    private LogSanitizer() {}

    /**
     * Returns the text in visible ASCII, cut after 200 characters. All other characters are escaped: they cannot forge
     * a line, control a terminal, or hide the order of the characters.
     */
    public static String of(@Nullable Object value) {
        return of(String.valueOf(value), MAX_LENGTH);
    }

    /** Returns the text as {@link #of(Object)}, cut after another number of characters. */
    static String of(String text, int maxLength) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), maxLength) + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String written = c < 0x20 || c >= 0x7F ? String.format("\\u%04x", (int) c) : String.valueOf(c);
            if (shown.length() + written.length() > maxLength) {
                return shown + "... (" + text.length() + " characters)";
            }
            shown.append(written);
        }
        return shown.toString();
    }
}
