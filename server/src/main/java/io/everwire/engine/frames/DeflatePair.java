package io.everwire.engine.frames;

import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A deflater and an inflater, created at first use. Their memory lies outside the heap, about 300 KB for both, until
 * {@link #end}. Used by one thread at a time.
 */
public final class DeflatePair {
    private @Nullable Deflater deflater;
    private int level;
    private @Nullable Inflater inflater;

    /**
     * Returns the deflater.
     *
     * @param keepState whether the compressed data may refer to data given before
     */
    Deflater deflater(int level, boolean keepState) {
        if (deflater != null && this.level != level) {
            // Not setLevel: after it, the JDK's deflater flushes nothing in its next call.
            deflater.end();
            deflater = null;
        }
        Deflater used = deflater;
        if (used == null) {
            // Raw (RFC 1951): the extension has no header and no checksum.
            used = new Deflater(level, true);
            deflater = used;
            this.level = level;
        } else if (!keepState) {
            used.reset();
        }
        return used;
    }

    /**
     * Returns the inflater.
     *
     * @param keepState whether the data may refer to data given before
     */
    Inflater inflater(boolean keepState) {
        Inflater used = inflater;
        if (used == null) {
            used = new Inflater(true);
            inflater = used;
        } else if (!keepState || used.finished()) {
            used.reset();
        }
        return used;
    }

    /** Releases the memory outside the heap. The pair may be used again afterwards. */
    public void end() {
        if (deflater != null) {
            deflater.end();
            deflater = null;
        }
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
