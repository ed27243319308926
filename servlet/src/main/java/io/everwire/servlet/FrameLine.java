package io.everwire.servlet;

import io.everwire.engine.Compression;
import io.everwire.engine.EngineSession;
import io.everwire.engine.HostLine;
import io.everwire.engine.LogSanitizer;
import io.everwire.engine.frames.MessageDeflate;
import io.everwire.engine.frames.Rfc6455Encoder;
import io.everwire.engine.frames.WebSocketHandshake;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.SendOptions;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket with Everwire's own frames on a connection of a container, and the order in which it ends. Reads and writes the
 * connection on the strand only: it is not for two threads.
 */
final class FrameLine implements HostLine, FrameReader.Owner, FrameWriter.Owner {
    private enum State {
        /** The container has not passed on the connection. */
        REQUESTED,
        /** Messages are sent and received. */
        OPEN,
        /** The server sent its close frame and awaits the peer's. Messages are neither sent nor received. */
        CLOSING,
        /** The session was notified of the end. The connection closes when the peer has read, or in the end. */
        CLOSED
    }

    private static final Logger log = LoggerFactory.getLogger(FrameLine.class);

    private final ServletHost host;
    private final RequestHead head;
    private final EngineSession session;
    private final Strand strand;
    private final Rfc6455Encoder encoder;
    private final FrameReader reader;
    private final FrameWriter writer;

    private State state = State.REQUESTED;
    private @Nullable FrameConnection connection;

    /** The connection ends when all bytes were written. */
    private boolean closesWhenWritten;

    /** The peer is sent the end of the connection when all bytes were written, and may still send. */
    private boolean shutsDownWhenWritten;

    private volatile boolean disconnected;

    private @Nullable Future<?> timer;

    /** @param extension the agreed compression as the response names it, or null */
    private FrameLine(
            ServletHost host, RequestHead head, EngineSession session, Strand strand, @Nullable String extension) {
        this.host = host;
        this.head = head;
        this.session = session;
        this.strand = strand;
        MessageDeflate deflate = MessageDeflate.agreed(
                extension, host.engine().options(), () -> strand.memory().deflate());
        this.reader = new FrameReader(host, session, strand, deflate, this);
        this.encoder = Rfc6455Encoder.of(deflate);
        this.writer = new FrameWriter(strand, session, this);
    }

    /** Grants a WebSocket: adds the headers to the response, and returns the line for the connection that the container passes on. */
    static FrameLine grant(
            HttpServletResponse response,
            ServletHost host,
            ServletRequestHead head,
            List<String> added,
            EngineSession session,
            Strand strand) {
        Compression.Deflate compression = host.engine().options().compression().webSocket();
        String extension = WebSocketHandshake.extension(head, compression);
        PreparedResponse.grant(response, WebSocketHandshake.responseHeaders(head, extension), added);
        return new FrameLine(host, head, session, strand, extension);
    }

    // The session's side

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public Strand eventLoop() {
        return strand;
    }

    @Override
    public void text(Bytes message, SendOptions options) {
        if (strand.inLoop()) {
            sendText(message, options);
        } else {
            strand.execute(() -> sendText(message, options));
        }
    }

    @Override
    public void binary(Bytes message, SendOptions options) {
        if (strand.inLoop()) {
            sendBinary(message, options);
        } else {
            strand.execute(() -> sendBinary(message, options));
        }
    }

    @Override
    public boolean writable() {
        return writer.writable();
    }

    @Override
    public void tellUnread() {
        writer.reportPending();
    }

    @Override
    public void reading(boolean on) {
        if (strand.inLoop()) {
            reader.reading(on);
        } else {
            strand.execute(() -> reader.reading(on));
        }
    }

    @Override
    public void close(int code) {
        if (strand.inLoop()) {
            startClose(code);
        } else {
            strand.execute(() -> startClose(code));
        }
    }

    @Override
    public void abort() {
        if (strand.inLoop()) {
            abortNow();
        } else {
            strand.execute(this::abortNow);
        }
    }

    // The container's side

    /** Closes the session if the container does not pass on the connection soon: the peer may have disconnected. */
    void awaitOpen() {
        strand.enter(() -> {
            if (state == State.REQUESTED) {
                timer = strand.schedule(this::notOpened, closeTimeout());
            }
        });
    }

    /** Called when the connection is a WebSocket, before the first event. */
    void open(FrameConnection opened) {
        strand.enter(() -> {
            cancelTimer();
            connection = opened;
            if (state == State.REQUESTED) {
                state = State.OPEN;
                writer.open(opened);
                session.lineOpened(this);
                if (connection != null) {
                    reader.open(opened);
                }
            } else {
                closeSocket();
            }
        });
    }

    /**
     * Reads what has arrived, if the container tells it. Called on a thread of the container, one at a time.
     *
     * @return whether the caller asks for further data; otherwise {@link FrameConnection#awaitData} does so later
     */
    boolean readable() {
        if (strand.tryRun(reader::readAll)) {
            return !reader.suspended();
        }
        strand.enter(reader::readOn);
        return false;
    }

    /** The connection can be written again. Any thread. */
    void writePossible() {
        strand.enter(writer::writePossible);
    }

    /** Returns whether the connection was closed, here or by the peer. Any thread. */
    boolean isDisconnected() {
        return disconnected;
    }

    /** Called when the connection closed, also more than once. */
    void disconnected() {
        disconnected = true;
        strand.enter(this::connectionClosed);
    }

    // From the reader, on the strand

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** {@inheritDoc} Not answered if the peer does not read what is sent to it. */
    @Override
    public void pinged(byte[] payload) {
        if (state == State.OPEN && writer.writable()) {
            encoder.pong(writer, Bytes.of(payload));
        }
    }

    /** {@inheritDoc} It is answered with the same code (RFC 6455, section 5.5.1), unless it is an answer itself. */
    @Override
    public void closing(int code) {
        boolean answers = state == State.OPEN;
        notifyClosed(CloseReason.TRANSPORT_CLOSE);
        if (answers) {
            closesWhenWritten = true;
            sendClose(code < 0 ? NO_STATUS : code);
        } else {
            closeSocket();
        }
    }

    @Override
    public void inputEnded() {
        closeSocket();
    }

    // Sending and closing, on the strand

    private void sendText(Bytes message, SendOptions options) {
        if (state == State.OPEN) {
            encoder.text(writer, message, options);
        }
    }

    private void sendBinary(Bytes message, SendOptions options) {
        if (state == State.OPEN) {
            encoder.binary(writer, message, options);
        }
    }

    private void startClose(int code) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            sendClose(code);
            reader.readToTheEnd();
        }
    }

    /**
     * Closes the WebSocket because the peer violated the protocol. The peer's further bytes are discarded for a while,
     * so that it can read the code.
     */
    @Override
    public void fail(int code, String message) {
        log.debug("WebSocket closed with {}: {}", LogSanitizer.of(code), LogSanitizer.of(message));
        reader.ignoreRest();
        boolean open = state == State.OPEN;
        notifyClosed(CloseReason.TRANSPORT_ERROR);
        if (open) {
            shutsDownWhenWritten = true;
            sendClose(code);
            reader.readToTheEnd();
        } else {
            closeSocket();
        }
    }

    /** Sends the close frame after all other bytes, and limits the time for the end. */
    private void sendClose(int code) {
        timer = strand.schedule(this::closeSocket, closeTimeout());
        encoder.close(writer, code);
    }

    private void abortNow() {
        notifyClosed(CloseReason.TRANSPORT_ERROR);
        closeSocket();
    }

    @Override
    public void written() {
        if (closesWhenWritten) {
            closeSocket();
        } else if (shutsDownWhenWritten) {
            shutsDownWhenWritten = false;
            shutdownOutput();
        }
    }

    /** Closing at once would have the system reset the connection, and the peer lose the close frame. */
    private void shutdownOutput() {
        FrameConnection known = connection;
        if (known != null) {
            try {
                // With some connectors of Tomcat, the peer closes after it has read the close frame, or the timer does.
                known.shutdownOutput();
            } catch (IOException reset) {
                closeSocket();
            }
        }
    }

    @Override
    public void writeFailed() {
        closeSocket();
    }

    private void closeSocket() {
        disconnected = true;
        FrameConnection known = connection;
        if (known != null) {
            connection = null;
            known.close();
        }
        connectionClosed();
    }

    private void connectionClosed() {
        cancelTimer();
        if (state == State.REQUESTED) {
            notOpened();
            return;
        }
        writer.discard();
        notifyClosed(CloseReason.TRANSPORT_CLOSE);
        reader.end();
        connection = null;
    }

    private void notOpened() {
        if (state == State.REQUESTED) {
            state = State.CLOSED;
            session.lineFailed();
        }
    }

    /** Notifies the session of the end, the first time it is called. */
    private void notifyClosed(CloseReason reason) {
        if (state == State.OPEN || state == State.CLOSING) {
            state = State.CLOSED;
            reader.forget();
            session.lineClosed(this, reason);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private long closeTimeout() {
        return host.options().closeTimeout().toMillis();
    }
}
