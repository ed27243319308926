package io.everwire.servlet;

import io.everwire.engine.EngineSession;
import io.everwire.engine.IncompleteMessage;
import io.everwire.engine.MemoryBudget;
import io.everwire.engine.frames.CloseCode;
import io.everwire.engine.frames.FrameDecoder;
import io.everwire.engine.frames.MessageDeflate;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.WebSocketLine;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of one WebSocket from its connection, and passes them to the session. Used on the strand only.
 *
 * <p>The strand waits for data itself if the connection has a channel; otherwise the container does, and calls one of its threads for
 * each connection.
 */
final class FrameReader implements FrameDecoder.Listener {
    /** The part of a line that a reader needs. */
    interface Owner extends WebSocketLine {
        /** Returns whether messages of the peer are passed to the session. */
        boolean isOpen();

        /** The peer sent pings, the last one with this payload. */
        void pinged(byte[] payload);

        /** The peer's close frame arrived, with its code or −1. */
        void closing(int code);

        /** Closes the WebSocket with this code, because of the peer. */
        void fail(int code, String message);

        /** The peer closed or reset the connection. */
        void inputEnded();
    }

    /** The reads of one event: a connection that always has data must not keep the strand. */
    private static final int MAX_READS = 16;

    private final EngineSession session;
    private final Strand strand;
    private final Owner owner;
    private final FrameDecoder decoder;

    /** A read of fewer bytes leaves none behind, or some of which the channel tells: containers read so many at once by default. */
    private static final int FULL = 8 * 1024;

    private @Nullable FrameConnection connection;
    private boolean reads = true;

    /** The strand waits for data; null if the container does. */
    private @Nullable SelectionKey key;

    /** Nobody waits for data until {@link #readOn}. Also read by the thread that has read. */
    private volatile boolean suspended;

    private byte @Nullable [] ping;
    private @Nullable IncompleteMessage incomplete;

    /** @param deflate the agreed compression, or null; ended by this reader */
    FrameReader(ServletHost host, EngineSession session, Strand strand, @Nullable MessageDeflate deflate, Owner owner) {
        this.session = session;
        this.strand = strand;
        this.owner = owner;
        int maxPayload = host.engine().options().session().maxPayload();
        this.decoder = new FrameDecoder(maxPayload, host.options().maxFragments(), deflate, this);
    }

    /** Begins to read. */
    void open(FrameConnection from) {
        connection = from;
        SelectableChannel channel = from.channel();
        if (channel == null) {
            return;
        }
        try {
            key = strand.read(channel, this::readAll);
        } catch (IOException | RuntimeException e) {
            owner.inputEnded();
            return;
        }
        // The container may have read bytes with the request.
        readOn();
    }

    /** Returns whether the container must not report further data until {@link #readOn} asks for it. Not used if the strand waits. */
    boolean suspended() {
        return suspended;
    }

    /** Reads, and asks for the next event unless reading pauses. */
    void readOn() {
        readAll();
        FrameConnection known = connection;
        if (known != null && !suspended) {
            if (key == null) {
                known.awaitData();
            } else {
                waitForData(true);
            }
        }
    }

    private void waitForData(boolean on) {
        SelectionKey known = key;
        if (known != null) {
            try {
                known.interestOps(on ? SelectionKey.OP_READ : 0);
                strand.selectionChanged();
            } catch (CancelledKeyException closed) {
                // The end of the connection is found by other means.
            }
        }
    }

    /** Reads what has arrived, and answers the last ping. */
    void readAll() {
        suspended = !reads;
        int count = 0;
        int length = FULL;
        for (FrameConnection from = connection; !suspended && from != null; from = connection) {
            if (length < FULL && !from.buffers()) {
                break;
            }
            length = read(from);
            if (length <= 0) {
                break;
            }
            suspended = !reads;
            count++;
            if (count == MAX_READS && !suspended) {
                suspended = true;
                strand.execute(this::readOn);
            }
        }
        if (ping != null) {
            byte[] payload = ping;
            ping = null;
            owner.pinged(payload);
        }
    }

    /** Returns the number of bytes that were read; 0 if none has arrived, negative at the end. */
    private int read(FrameConnection from) {
        byte[] buffer = strand.memory().read();
        try {
            int length = from.read(buffer);
            if (length < 0) {
                owner.inputEnded();
            } else if (length > 0) {
                decoder.read(buffer, 0, length);
                countIncomplete();
            }
            return length;
        } catch (IOException reset) {
            owner.inputEnded();
            return -1;
        }
    }

    private void countIncomplete() {
        int bytes = owner.isOpen() ? decoder.incomplete() : 0;
        if (incomplete == null && bytes >= MemoryBudget.STEP) {
            incomplete = new IncompleteMessage(session, strand, this::refuse);
        }
        if (incomplete != null) {
            incomplete.count(bytes);
        }
    }

    /** Stops or resumes reading. */
    void reading(boolean on) {
        if (owner.isOpen()) {
            reads = on;
            if (on && suspended) {
                strand.execute(this::readOn);
            } else if (!on && key != null) {
                suspended = true;
                waitForData(false);
            }
        }
    }

    /** Reads until the peer closes, even if the session paused reading. */
    void readToTheEnd() {
        reads = true;
        if (suspended) {
            strand.execute(this::readOn);
        }
    }

    /** Discards a message that has arrived in part, and ignores further bytes. */
    void ignoreRest() {
        ping = null;
        decoder.stop();
    }

    /** Counts nothing any more for a message that has arrived in part. */
    void forget() {
        if (incomplete != null) {
            incomplete.count(0);
        }
    }

    /** Ends reading, because the connection closed. */
    void end() {
        connection = null;
        if (key != null) {
            key.cancel();
            key = null;
            strand.selectionChanged();
        }
        decoder.end();
    }

    // From the decoder

    /** {@inheritDoc} Messages that crossed the server's close frame are dropped. */
    @Override
    public boolean isOpen() {
        return owner.isOpen();
    }

    @Override
    public void message(byte[] message, boolean text) {
        if (!owner.isOpen()) {
            return;
        }
        if (text) {
            session.text(owner, Bytes.of(message));
        } else {
            session.binary(owner, Bytes.of(message));
        }
    }

    /** {@inheritDoc} Only the last ping of a read is answered (RFC 6455, section 5.5.3). */
    @Override
    public void ping(byte[] payload) {
        ping = payload;
    }

    @Override
    public void closing(int code) {
        ping = null;
        owner.closing(code);
    }

    @Override
    public void violation(int code, String message) {
        owner.fail(code, message);
    }

    @Override
    public void limitReached(int code, ReachedLimit reached) {
        session.limitReached(reached, "the WebSocket was closed");
        owner.fail(code, reached.toString());
    }

    /** Closes the WebSocket because the server has no memory for the rest of its message. */
    private void refuse() {
        owner.fail(CloseCode.TRY_AGAIN_LATER, "no memory for the message");
    }
}
