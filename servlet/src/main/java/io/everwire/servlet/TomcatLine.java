package io.everwire.servlet;

import io.everwire.engine.EngineSession;
import io.everwire.engine.HostLine;
import io.everwire.engine.LogSanitizer;
import io.everwire.engine.frames.CloseCode;
import io.everwire.engine.frames.Rfc6455Encoder;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.SendOptions;
import java.io.IOException;
import java.util.concurrent.Future;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket on a connection of Tomcat, and the order in which it ends. Reads and writes the connection on the strand
 * only: Tomcat's object for it is not for two threads.
 */
final class TomcatLine implements HostLine, TomcatReader.Owner, TomcatWriter.Owner {
    private enum State {
        /** Tomcat has not passed on the connection. */
        REQUESTED,
        /** Messages are sent and received. */
        OPEN,
        /** The server sent its close frame and awaits the peer's. Messages are neither sent nor received. */
        CLOSING,
        /** The session was notified of the end. The connection closes when the peer has read, or in the end. */
        CLOSED
    }

    private static final Logger log = LoggerFactory.getLogger(TomcatLine.class);

    private final ServletHost host;
    private final RequestHead head;
    private final EngineSession session;
    private final Strand strand;
    private final Rfc6455Encoder encoder;
    private final TomcatReader reader;
    private final TomcatWriter writer;

    private State state = State.REQUESTED;
    private @Nullable SocketWrapperBase<?> socket;
    /** The connection ends when all bytes were written. */
    private boolean closesWhenWritten;

    /** The peer is sent the end of the connection when all bytes were written, and may still send. */
    private boolean shutsDownWhenWritten;

    private volatile boolean disconnected;

    /** The strand waits for data, not Tomcat. */
    private volatile boolean selected;

    private @Nullable Future<?> timer;

    /** @param extension the agreed compression as the response names it, or null */
    TomcatLine(ServletHost host, RequestHead head, EngineSession session, Strand strand, @Nullable String extension) {
        this.host = host;
        this.head = head;
        this.session = session;
        this.strand = strand;
        this.reader = new TomcatReader(host, session, strand, extension, this);
        this.encoder = Rfc6455Encoder.of(reader.deflate());
        this.writer = new TomcatWriter(strand, session, this);
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

    // Tomcat's side

    /** Closes the session if Tomcat does not pass on the connection soon: the peer may have disconnected. */
    void awaitOpen() {
        strand.enter(() -> {
            if (state == State.REQUESTED) {
                timer = strand.schedule(this::notOpened, closeTimeout());
            }
        });
    }

    /** Called when the connection is a WebSocket, before the first event. */
    void open(SocketWrapperBase<?> connection) {
        selected = TomcatReader.isSelectable(connection);
        strand.enter(() -> {
            cancelTimer();
            socket = connection;
            if (state == State.REQUESTED) {
                state = State.OPEN;
                reader.open(connection);
                writer.open(connection);
                session.lineOpened(this);
                reader.select();
            } else {
                closeSocket();
            }
        });
    }

    /** Called for each event of the connection, on a thread of Tomcat, one at a time. */
    SocketState dispatch(SocketEvent event) {
        switch (event) {
            case OPEN_READ -> {
                if (selected) {
                    return disconnected ? SocketState.CLOSED : SocketState.SUSPENDED;
                }
                if (!strand.tryRun(reader::readAll)) {
                    // Without a read, the same event would follow at once.
                    strand.enter(reader::readOn);
                    return disconnected ? SocketState.CLOSED : SocketState.SUSPENDED;
                }
                return disconnected
                        ? SocketState.CLOSED
                        : reader.suspended() ? SocketState.SUSPENDED : SocketState.UPGRADED;
            }
            case OPEN_WRITE -> {
                strand.enter(writer::writePossible);
                return disconnected ? SocketState.CLOSED : SocketState.UPGRADED;
            }
            case STOP -> {
                close(CloseCode.GOING_AWAY);
                return SocketState.UPGRADED;
            }
            default -> {
                disconnected();
                return SocketState.CLOSED;
            }
        }
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
        SocketWrapperBase<?> connection = socket;
        if (connection == null) {
            return;
        }
        // With TLS, and with other connectors, the peer closes after it has read the close frame, or the timer does.
        if (connection.getSocket() instanceof NioChannel channel && !(channel instanceof SecureNioChannel)) {
            try {
                channel.getIOChannel().shutdownOutput();
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
        SocketWrapperBase<?> connection = socket;
        if (connection != null) {
            socket = null;
            connection.close();
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
        socket = null;
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
