package io.everwire.engine;

import org.jspecify.annotations.Nullable;

/**
 * What hosts compress. Built and validated by the server's options, where each has its default and reason.
 *
 * @param httpThreshold answers of so many bytes are compressed, if they are worth it and the client takes it
 * @param webSocket how messages of WebSockets are compressed, or null if they are not
 */
public record Compression(int httpThreshold, @Nullable Deflate webSocket) {
    /** No compression at all. */
    public static final Compression NONE = new Compression(Integer.MAX_VALUE, null);

    /**
     * The extension {@code permessage-deflate} (RFC 7692).
     *
     * @param threshold messages of so many bytes are compressed
     * @param contextTakeover whether each side goes on with what it learnt from the messages before
     * @param level how hard to try, 1 to 9
     * @param maxRatio how many times larger than its compressed form a message may become
     */
    public record Deflate(int threshold, boolean contextTakeover, int level, int maxRatio) {}
}
