package io.everwire.engine;

import org.jspecify.annotations.Nullable;

/**
 * Says which data hosts compress. Built and validated by the server's options, which document each default and its
 * reason.
 *
 * @param httpThreshold responses of at least so many bytes are compressed, if it is worth it and the client accepts it
 * @param webSocket the compression of WebSocket messages, or null for none
 */
public record Compression(int httpThreshold, @Nullable Deflate webSocket) {
    /** Compresses nothing. */
    public static final Compression NONE = new Compression(Integer.MAX_VALUE, null);

    /**
     * The options of the extension {@code permessage-deflate} (RFC 7692).
     *
     * @param threshold messages of at least so many bytes are compressed
     * @param contextTakeover whether each side keeps the compression context of earlier messages
     * @param level the compression level, 1 to 9
     */
    public record Deflate(int threshold, boolean contextTakeover, int level) {}
}
