package io.everwire.servlet;

import io.everwire.engine.EngineSession;
import io.everwire.engine.LogSanitizer;
import io.everwire.engine.frames.FrameHeader;
import io.everwire.engine.frames.FrameOutput;
import io.everwire.engine.frames.MessageDeflate;
import io.everwire.engine.frames.SharedFrameCache;
import io.everwire.protocol.Bytes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the bytes of one WebSocket to its connection. Small frames are gathered in one array; all of it is flushed once,
 * before the strand is released. A container has no limit for what it could not write, and so is given more only when it has
 * written everything. Used on the strand only, except {@link #writable}.
 */
final class FrameWriter implements FrameOutput, Strand.Unflushed {
    /** The part of a line that a writer needs. Called on the strand. */
    interface Owner {
        /** All bytes were written. */
        void written();

        /** The connection cannot be written. */
        void writeFailed();
    }

    /** The largest payload that is copied: a copy costs less than another call. */
    private static final int SMALL = 8 * 1024;

    /** The size of an array for small frames. */
    private static final int BATCH = 64 * 1024;

    /** The space reserved for further frames when a second one is gathered: more are then likely. */
    private static final int MORE = 1024;

    private static final int HIGH_MARK = 64 * 1024;
    private static final int LOW_MARK = 32 * 1024;

    private static final Logger log = LoggerFactory.getLogger(FrameWriter.class);

    private final Strand strand;
    private final EngineSession session;
    private final Owner owner;
    private @Nullable FrameConnection connection;

    /** The bytes behind the queue. Shared with other connections, and not to be written to, if its length is its size. */
    private byte @Nullable [] batch;

    private int batchLength;

    /** Set when bytes are queued in front of {@link #batch} for the first time. */
    private @Nullable Queue<Bytes> queue;

    private volatile boolean writable = true;
    private long queuedBytes;

    /** The bytes that the connection was given and has not written. */
    private int unwritten;

    private boolean unflushed;
    private boolean reports;

    FrameWriter(Strand strand, EngineSession session, Owner owner) {
        this.strand = strand;
        this.session = session;
        this.owner = owner;
    }

    /** Begins to write. */
    void open(FrameConnection to) {
        connection = to;
    }

    /** Returns whether the peer reads what is sent to it. Any thread. */
    boolean writable() {
        return writable;
    }

    /** Has the queued bytes reported to the session after every flush from now on, even if a flush leaves none. */
    void reportPending() {
        reports = true;
    }

    // For the encoder

    @Override
    public void frame(int firstByte, Bytes payload) {
        int length = payload.length();
        if (length <= SMALL) {
            byte[] space = reserve(FrameHeader.size(length) + length);
            int at = FrameHeader.write(space, batchLength, firstByte, length);
            System.arraycopy(payload.array(), payload.offset(), space, at, length);
            batchLength = at + length;
        } else {
            byte[] space = reserve(FrameHeader.LONGEST);
            batchLength = FrameHeader.write(space, batchLength, firstByte, length);
            add(payload);
        }
        added(FrameHeader.size(length) + length);
    }

    /** {@inheritDoc} The first connection only leaves the message in the cache; the second one builds the frame. */
    @Override
    public void sharedFrame(int firstByte, Bytes message, @Nullable MessageDeflate deflate) {
        SharedFrameCache<byte[]> frames = strand.memory().frames();
        if (!frames.repeats(message, firstByte, deflate == null ? null : deflate.options())) {
            frame(firstByte, deflate == null ? message : deflate.deflate(message));
            return;
        }
        byte[] shared = frames.frame();
        if (shared == null) {
            Bytes payload = deflate == null ? message : deflate.deflate(message);
            shared = frames.keep(FrameHeader.frame(firstByte, payload.array(), payload.offset(), payload.length()));
        }
        if (batch != null && shared.length <= SMALL) {
            byte[] space = reserve(shared.length);
            System.arraycopy(shared, 0, space, batchLength, shared.length);
            batchLength += shared.length;
        } else {
            closeBatch();
            batch = shared;
            batchLength = shared.length;
        }
        added(shared.length);
    }

    /** Returns the batch, with space for so many bytes behind {@link #batchLength}. */
    private byte[] reserve(int bytes) {
        byte[] space = batch;
        if (space != null && batchLength + bytes > BATCH) {
            closeBatch();
            space = null;
        }
        if (space == null) {
            space = new byte[bytes];
        } else if (space.length - batchLength < bytes) {
            space = Arrays.copyOf(space, Math.max(batchLength + bytes + MORE, Math.min(BATCH, 2 * batchLength)));
        }
        batch = space;
        return space;
    }

    /** Adds a large payload without a copy. */
    private void add(Bytes payload) {
        closeBatch();
        queue().add(payload);
    }

    private void closeBatch() {
        if (batch != null && batchLength > 0) {
            queue().add(Bytes.of(batch, 0, batchLength));
        }
        batch = null;
        batchLength = 0;
    }

    private Queue<Bytes> queue() {
        Queue<Bytes> known = queue;
        if (known == null) {
            known = new ArrayDeque<>(4);
            queue = known;
        }
        return known;
    }

    private void added(int bytes) {
        queuedBytes += bytes;
        if (queuedBytes > HIGH_MARK) {
            writable = false;
        }
        flushSoon();
        strand.gathered(bytes);
    }

    private void flushSoon() {
        if (!unflushed) {
            unflushed = true;
            strand.flushSoon(this);
        }
    }

    // Flushing

    @Override
    public void flushIfDirty() {
        unflushed = false;
        write();
    }

    /** Called when the connection can be written again. */
    void writePossible() {
        write();
    }

    /** Discards what is queued, because the connection closed. */
    void discard() {
        connection = null;
        writable = false;
        batch = null;
        batchLength = 0;
        queue = null;
        queuedBytes = 0;
        if (reports) {
            session.unread(0);
        }
    }

    private void write() {
        FrameConnection to = connection;
        if (to == null) {
            return;
        }
        boolean done;
        try {
            done = write(to);
        } catch (IOException | RuntimeException e) {
            log.debug("WebSocket not written: {}", LogSanitizer.of(e));
            owner.writeFailed();
            return;
        }
        report();
        if (done) {
            owner.written();
        }
    }

    /** Returns whether all bytes were written. */
    private boolean write(FrameConnection to) throws IOException {
        if (unwritten > 0 && !written(to.flush())) {
            return false;
        }
        while (true) {
            Bytes next = queue == null ? null : queue.poll();
            if (next == null) {
                if (batch == null) {
                    return true;
                }
                next = Bytes.of(batch, 0, batchLength);
                batch = null;
                batchLength = 0;
            }
            unwritten = next.length();
            if (!written(to.write(next.array(), next.offset(), next.length()))) {
                return false;
            }
        }
    }

    private boolean written(boolean all) {
        if (all) {
            queuedBytes -= unwritten;
            unwritten = 0;
        }
        return all;
    }

    private void report() {
        if (!writable && queuedBytes <= LOW_MARK) {
            writable = true;
            session.writableChanged();
        }
        if (reports || queuedBytes > 0) {
            reports = true;
            session.unread(queuedBytes);
        }
    }
}
