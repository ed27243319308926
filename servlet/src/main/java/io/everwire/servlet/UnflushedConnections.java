package io.everwire.servlet;

import java.util.ArrayList;
import java.util.List;

/** The connections of one strand with bytes that are not flushed. They are flushed together. Used on the strand. */
final class UnflushedConnections {
    /** The bytes that are gathered before a flush, at most: the copies of one broadcast to thousands of clients. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final StrandMemory memory;
    private List<Strand.Unflushed> writers = new ArrayList<>();

    /** The list that is being flushed, exchanged with {@link #writers}: no list is created for a flush. */
    private List<Strand.Unflushed> flushing = new ArrayList<>();

    private long bytes;
    private boolean inFlush;

    /** @param memory forgets its messages before a flush */
    UnflushedConnections(StrandMemory memory) {
        this.memory = memory;
    }

    /** Adds a connection, once until it is flushed. */
    void add(Strand.Unflushed writer) {
        writers.add(writer);
    }

    /** Counts bytes that were copied for a connection. Flushes at once if they are many. */
    void gathered(int more) {
        bytes += more;
        if (bytes > MAX_BYTES && !inFlush) {
            flush();
        }
    }

    /** Returns the number of connections. */
    int size() {
        return writers.size();
    }

    /** Passes the bytes of all connections to the container. */
    void flush() {
        if (inFlush || writers.isEmpty()) {
            return;
        }
        inFlush = true;
        bytes = 0;
        memory.forgetMessages();
        List<Strand.Unflushed> full = writers;
        writers = flushing;
        flushing = full;
        try {
            for (Strand.Unflushed writer : full) {
                Strand.run(writer::flushIfDirty);
            }
        } finally {
            full.clear();
            inFlush = false;
        }
    }
}
