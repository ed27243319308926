package io.everwire.netty;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** A deflater and an inflater, made when they are needed. Their memory lies outside the heap, some 300 KB for both. */
final class DeflatePair {
    private static final FastThreadLocal<DeflatePair> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected DeflatePair initialValue() {
            return new DeflatePair();
        }

        @Override
        protected void onRemoval(DeflatePair pair) {
            pair.end();
        }
    };

    private @Nullable Deflater deflater;
    private int level;
    private @Nullable Inflater inflater;

    /** The one that all lines of the calling loop share. */
    static DeflatePair ofLoop() {
        return OF_LOOP.get();
    }

    /** @param goOn whether it may know what it was given before */
    Deflater deflater(int level, boolean goOn) {
        if (deflater != null && this.level != level) {
            // Not setLevel: the JDK's deflater then flushes nothing in its next call.
            deflater.end();
            deflater = null;
        }
        Deflater used = deflater;
        if (used == null) {
            // Raw (RFC 1951): the extension has no header and no checksum.
            used = new Deflater(level, true);
            deflater = used;
            this.level = level;
        } else if (!goOn) {
            used.reset();
        }
        return used;
    }

    /** @param goOn whether it may know what it was given before */
    Inflater inflater(boolean goOn) {
        Inflater used = inflater;
        if (used == null) {
            used = new Inflater(true);
            inflater = used;
        } else if (!goOn || used.finished()) {
            used.reset();
        }
        return used;
    }

    void end() {
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
