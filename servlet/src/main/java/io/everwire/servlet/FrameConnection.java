package io.everwire.servlet;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a container has given to a WebSocket. No method blocks. Used on the strand only, except
 * {@link #channel}.
 */
interface FrameConnection {
    /**
     * Reads bytes that have arrived.
     *
     * @return their number, 0 if there are none, negative at the end of the input
     */
    int read(byte[] to) throws IOException;

    /** Returns what tells that bytes arrive; null if the container tells, once after each {@link #awaitData}. */
    @Nullable
    SelectableChannel channel();

    /** Returns whether a read may leave bytes of which nothing tells, such as those of a record of TLS. */
    boolean buffers();

    /** Has the container call {@link FrameLine#readable} when bytes arrive. Only if there is no {@link #channel}. */
    void awaitData();

    /**
     * Writes bytes, which must not change until they are written.
     *
     * @return whether all were written. Otherwise {@link FrameLine#writePossible} is called, and nothing else may be written
     *     before {@link #flush} returns true
     */
    boolean write(byte[] from, int offset, int length) throws IOException;

    /** Writes what is left; returns as {@link #write} does. */
    boolean flush() throws IOException;

    /**
     * Ends the output, if the container permits it; otherwise does nothing. Afterwards, {@link #read} returns bytes that are to be
     * discarded, and the end of the input.
     */
    void shutdownOutput() throws IOException;

    /** Closes the connection at once. */
    void close();
}
