package io.everwire.servlet;

import io.everwire.engine.frames.DeflatePair;
import io.everwire.engine.frames.SharedFrameCache;
import org.jspecify.annotations.Nullable;

/** The objects that all connections of one strand share. Used on the strand. */
final class StrandMemory {
    /** The size of one read. */
    private static final int READ = 16 * 1024;

    private final StringCache strings = new StringCache();
    private final SharedFrameCache<byte[]> frames = new SharedFrameCache<>(frame -> {});
    private final DeflatePair deflate = new DeflatePair();
    private byte @Nullable [] read;

    /** Returns the strings of messages that several connections send. */
    StringCache strings() {
        return strings;
    }

    /** Returns the frames that several connections send. */
    SharedFrameCache<byte[]> frames() {
        return frames;
    }

    /** Returns the streams of compression that keep nothing between two messages. */
    DeflatePair deflate() {
        return deflate;
    }

    /** Returns an array for one read, whose content is used before the task ends. */
    byte[] read() {
        byte[] known = read;
        if (known == null) {
            known = new byte[READ];
            read = known;
        }
        return known;
    }

    /** Forgets the messages that several connections send. Called before a flush. */
    void forgetMessages() {
        strings.clear();
        frames.discard();
    }

    /** Releases memory outside the heap. */
    void release() {
        deflate.end();
        read = null;
    }
}
