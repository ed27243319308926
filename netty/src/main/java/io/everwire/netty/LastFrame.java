package io.everwire.netty;

import io.everwire.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The frame that was written last on a loop: a message to many is framed, and compressed, once for all but the first of them, who
 * may be the only one. It is remembered until the loop flushes. Used on the loop.
 */
final class LastFrame {
    private @Nullable Bytes message;
    private @Nullable Object form;
    private int first;
    private @Nullable ByteBuf frame;

    /**
     * Whether the message before was the same object, framed in the same way; otherwise this one is remembered from now on.
     *
     * @param first the frame's first byte
     * @param form what else decides how it looks, compared by identity
     */
    boolean repeats(Bytes message, int first, @Nullable Object form) {
        if (message == this.message && first == this.first && form == this.form) {
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
