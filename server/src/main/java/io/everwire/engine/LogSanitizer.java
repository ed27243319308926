package io.everwire.engine;

import org.jspecify.annotations.Nullable;

/** What a peer sent, or may have sent, as a log may show it: on one line, visible, and short. */
public final class LogSanitizer {
    /** Enough to recognise a message by; a peer must not fill the disk. */
    static final int MAX_LENGTH = 200;

    private LogSanitizer() {}

    /**
     * The text in visible ASCII, whatever else there is written as an escape, so that no line can be forged, no terminal
     * told anything, and nobody be misled about the order of the characters; cut after 200 characters.
     */
    public static String of(@Nullable Object value) {
        String text = String.valueOf(value);
        StringBuilder shown = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String written = c < 0x20 || c >= 0x7F ? String.format("\\u%04x", (int) c) : String.valueOf(c);
            if (shown.length() + written.length() > MAX_LENGTH) {
                return shown + "... (" + text.length() + " characters)";
            }
            shown.append(written);
        }
        return shown.toString();
    }
}
