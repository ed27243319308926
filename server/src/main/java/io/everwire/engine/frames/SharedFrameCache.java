package io.everwire.engine.frames;

import io.everwire.engine.Compression;
import io.everwire.protocol.Bytes;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last frame of a broadcast on one event loop, until the loop flushes: a message to several sessions is
 * encoded, and compressed, once for all of them. Used on the event loop only.
 *
 * <p>One entry suffices because the sessions of an event loop are sent a broadcast one after the other (benchmark
 * fanout). The first connection only leaves the message here: a frame is kept from the second one on, so that a
 * broadcast which reaches one connection of an event loop costs no extra buffer.
 *
 * @param <F> the type of a whole frame
 */
public final class SharedFrameCache<F> {
    private final Consumer<? super F> release;
    private @Nullable Bytes message;
    private Compression.@Nullable Deflate compression;
    private int firstByte;
    private @Nullable F frame;

    /** @param release called with each frame that is no longer kept */
    public SharedFrameCache(Consumer<? super F> release) {
        this.release = release;
    }

    /**
     * Returns whether the last message has the same bytes and is framed in the same way. Otherwise discards it and
     * remembers this message.
     *
     * @param firstByte the frame's first byte
     * @param compression the options by which the message is compressed without reference to earlier ones, or null;
     *     compared by value
     */
    public boolean repeats(Bytes message, int firstByte, Compression.@Nullable Deflate compression) {
        if (firstByte == this.firstByte
                && Objects.equals(compression, this.compression)
                && message.equals(this.message)) {
            return true;
        }
        discard();
        this.message = message;
        this.firstByte = firstByte;
        this.compression = compression;
        return false;
    }

    /** Returns the frame of the last message, or null if {@link #keep} was not called. The cache owns it. */
    public @Nullable F frame() {
        return frame;
    }

    /** Keeps the frame of the message that {@link #repeats}, and releases it later. Returns the frame. */
    public F keep(F built) {
        frame = built;
        return built;
    }

    /** Releases the frame and forgets its message. */
    public void discard() {
        message = null;
        compression = null;
        if (frame != null) {
            release.accept(frame);
            frame = null;
        }
    }
}
