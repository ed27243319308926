package io.everwire.servlet;

import io.everwire.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The text of the message that was sent last to several clients: a container that encodes text itself takes a string,
 * which is decoded once for all of them. Used on one strand, which clears it before a flush.
 */
final class StringCache {
    private @Nullable Bytes bytes;
    private String text = "";

    /** Returns {@code message} as a string. */
    String of(Bytes message) {
        if (!message.equals(bytes)) {
            text = message.toString();
            bytes = message;
        }
        return text;
    }

    void clear() {
        bytes = null;
        text = "";
    }
}
