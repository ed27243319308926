package io.everwire.netty;

import io.everwire.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last frame of a broadcast on one event loop, until the loop flushes: a message to several sessions is encoded, and
 * compressed, once for all of them. Used on the event loop only.
 */
final class SharedFrameCache {
    private @Nullable Bytes message;
    private @Nullable Object form;
    private int first;
    private @Nullable ByteBuf frame;

    /**
     * Returns whether the last message has the same bytes and is framed in the same way; otherwise remembers this one.
     *
     * @param first the frame's first byte
     * @param form what else decides how it looks, compared by identity
     */
    boolean repeats(Bytes message, int first, @Nullable Object form) {
        if (first == this.first && form == this.form && message.equals(this.message)) {
            return true;
        }
        forget();
        this.message = message;
        this.first = first;
        this.form = form;
        return false;
    }

    /** The frame, if it was kept. */
    @Nullable
    ByteBuf frame() {
        return frame;
    }

    /** Keeps the frame of what {@link #repeats}, and owns it. */
    ByteBuf keep(ByteBuf made) {
        frame = made;
        return made;
    }

    void forget() {
        message = null;
        form = null;
        if (frame != null) {
            frame.release();
            frame = null;
        }
    }
}
