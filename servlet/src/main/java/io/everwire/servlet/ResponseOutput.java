package io.everwire.servlet;

import io.everwire.engine.MemoryBudget;
import io.everwire.protocol.Bytes;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response that is streamed, or too large for the container's buffer: written without blocking, as the
 * client reads it. The strand adds pieces; any thread that the container calls, or the strand, writes them, one at a
 * time.
 */
final class ResponseOutput implements WriteListener {
    /** The part of an exchange that an output needs. Any thread calls it. */
    interface Owner {
        /** The last byte was passed to the container. The caller has the right to write, which ends. */
        void written();

        /** The container cannot write: the peer disconnected. */
        void failed();

        /** {@link ResponseOutput#writable} has changed. */
        void writableChanged();
    }

    /** The queued bytes above which the peer reads too slowly. */
    private static final int HIGH_MARK = 64 * 1024;

    private final ExchangeState state;
    private final Owner owner;
    private final boolean flushes;
    private final MemoryBudget.Holder peer;
    private final OutputCount count;
    private final Queue<Bytes> pieces = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong queued = new AtomicLong();

    private volatile boolean last;
    private volatile boolean writable = true;

    /** The container called {@link #onWritePossible}, and the writer has not noticed yet. */
    private volatile boolean signalled;

    // Used by the thread that writes.
    private @Nullable ServletOutputStream out;
    private boolean ready;
    private boolean flushDue;

    /** The bytes of the piece that the container has taken and not written. */
    private int inContainer;

    /** Counts queued bytes in the server's limit. */
    interface OutputCount {
        /** Sets the bytes that are queued for {@code peer}. */
        void hold(MemoryBudget.Holder peer, long bytes);
    }

    /**
     * @param flushes whether each piece is sent at once
     * @param peer is evicted if the server's queued bytes become too many
     */
    ResponseOutput(ExchangeState state, Owner owner, boolean flushes, MemoryBudget.Holder peer, OutputCount count) {
        this.state = state;
        this.owner = owner;
        this.flushes = flushes;
        this.peer = peer;
        this.count = count;
    }

    /** Adds a piece. */
    void add(Bytes piece) {
        if (!piece.isEmpty()) {
            queued.addAndGet(piece.length());
            pieces.add(piece);
            write();
        }
    }

    /** Ends the body after the pieces that were added. */
    void finish() {
        last = true;
        write();
    }

    /** Returns whether nearly all bytes were passed on. Any thread. */
    boolean writable() {
        return writable;
    }

    /** Discards what is queued, and counts nothing any more. */
    void discard() {
        pieces.clear();
        queued.set(0);
        count.hold(peer, 0);
    }

    /** Prepares to write. Called once, by the thread that has the right to write; {@link #write} must follow. */
    void open(ServletOutputStream stream) {
        out = stream;
        // Tomcat calls onWritePossible inside, on this thread, which only notes it.
        stream.setWriteListener(this);
    }

    @Override
    public void onWritePossible() {
        signalled = true;
        write();
    }

    @Override
    public void onError(Throwable failure) {
        owner.failed();
    }

    /** Writes while the container takes bytes. Calls that overlap, or come from inside, are left to the first one. */
    void write() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        while (seen != 0) {
            if (state.beginWrite()) {
                writeReady();
            } else if (state.isDone()) {
                discard();
            }
            report();
            seen = calls.addAndGet(-seen);
        }
    }

    private void writeReady() {
        boolean finished;
        try {
            finished = writePieces();
        } catch (IOException | RuntimeException e) {
            // The container calls onError, too, or not; complete() after it is harmless.
            pieces.clear();
            owner.written();
            owner.failed();
            return;
        }
        if (finished || !state.endWrite()) {
            owner.written();
        }
    }

    /** Returns whether the whole body was passed on. */
    private boolean writePieces() throws IOException {
        if (signalled) {
            signalled = false;
            ready = true;
            inContainer = 0;
        }
        ServletOutputStream stream = out;
        while (ready && stream != null) {
            if (flushDue) {
                flushDue = false;
                stream.flush();
            } else {
                boolean ends = last;
                Bytes piece = pieces.poll();
                if (piece == null) {
                    return ends;
                }
                inContainer = piece.length();
                queued.addAndGet(-piece.length());
                stream.write(piece.array(), piece.offset(), piece.length());
                flushDue = flushes;
            }
            // Asked once after each call: it also registers for the next onWritePossible.
            ready = stream.isReady();
            inContainer = ready ? 0 : inContainer;
        }
        return false;
    }

    private void report() {
        long bytes = queued.get() + inContainer;
        count.hold(peer, bytes);
        boolean now = bytes <= HIGH_MARK;
        if (now != writable) {
            writable = now;
            owner.writableChanged();
        }
    }
}
