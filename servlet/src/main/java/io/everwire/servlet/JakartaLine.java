package io.everwire.servlet;

import io.everwire.engine.EngineSession;
import io.everwire.engine.HostLine;
import io.everwire.engine.RateLimitedLog;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.SendOptions;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of Jakarta WebSocket, and the order in which it ends.
 *
 * <p>Any thread may call the methods of {@link HostLine} that a session uses, and the container
 * those for it; both continue on the strand. Closing may block in the container, and so runs on a thread of the host.
 */
final class JakartaLine implements HostLine, JakartaSender.Owner, JakartaReceiver.Owner {
    /** Tomcat's names for the time that it may block while it sends a close frame, or a frame after an abort. */
    private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private static final RateLimitedLog notClosed = new RateLimitedLog(JakartaLine.class);

    private enum State {
        /** The container has not opened the WebSocket. */
        REQUESTED,
        /** Messages are sent and received. */
        OPEN,
        /** The close frame follows the queued messages, or was sent. Messages are neither sent nor received. */
        CLOSING,
        /** The session was notified of the end. */
        CLOSED
    }

    private final ServletHost host;
    private final RequestHead head;
    private final EngineSession session;
    private final Strand strand;
    private final JakartaSender sender;
    private final JakartaReceiver receiver;

    private State state = State.REQUESTED;

    /** The container's session. Set when it is open. */
    private volatile @Nullable Session container;

    /** The close code that follows the queued messages; 0 while none was asked for. */
    private int closeCode;

    private @Nullable Future<?> timer;

    JakartaLine(ServletHost host, RequestHead head, EngineSession session, Strand strand) {
        this.host = host;
        this.head = head;
        this.session = session;
        this.strand = strand;
        this.sender = new JakartaSender(strand, session, this);
        this.receiver = new JakartaReceiver(host, session, strand, this);
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
        onStrand(() -> send(message, true, options));
    }

    @Override
    public void binary(Bytes message, SendOptions options) {
        onStrand(() -> send(message, false, options));
    }

    @Override
    public boolean writable() {
        return sender.writable();
    }

    @Override
    public void tellUnread() {
        sender.reportPending();
    }

    @Override
    public void reading(boolean on) {
        onStrand(() -> receiver.reading(on || state != State.OPEN));
    }

    @Override
    public void close(int code) {
        onStrand(() -> startClose(code));
    }

    @Override
    public void abort() {
        onStrand(this::abortNow);
    }

    // The container's side

    /** Closes the session if the container does not open the WebSocket soon: the peer may have disconnected. */
    void awaitOpen() {
        strand.enter(() -> {
            if (state == State.REQUESTED) {
                timer = strand.schedule(this::notOpened, closeTimeout());
            }
        });
    }

    /** Called when the WebSocket is open. */
    void opened(Session opened) {
        // Jetty closes after 30 s without data; the server's own heartbeat decides.
        opened.setMaxIdleTimeout(0);
        opened.getUserProperties().put(CLOSE_TIMEOUT, closeTimeout());
        opened.getUserProperties().put(SEND_TIMEOUT, closeTimeout());
        container = opened;
        receiver.addTo(opened);
        strand.enter(() -> {
            cancelTimer();
            if (state == State.REQUESTED) {
                state = State.OPEN;
                sender.open(opened.getAsyncRemote());
                session.lineOpened(this);
            } else {
                closeContainer(CloseCodes.GOING_AWAY.getCode());
            }
        });
    }

    /** Called when the WebSocket is closed. */
    void closed() {
        receiver.stop();
        strand.enter(
                () -> notifyClosed(receiver.violated() ? CloseReason.TRANSPORT_ERROR : CloseReason.TRANSPORT_CLOSE));
    }

    /** Called after an exception. One that is no failure of the network is a violation of the protocol by the peer. */
    void failed(Throwable failure) {
        receiver.failed(failure);
    }

    // On the strand

    @Override
    public void received(Bytes message, boolean text) {
        if (state == State.OPEN && text) {
            session.text(this, message);
        } else if (state == State.OPEN) {
            session.binary(this, message);
        }
    }

    /** {@inheritDoc} Closes the WebSocket because the peer passed a limit, or the server has no memory. */
    @Override
    public void refuse(int code, @Nullable ReachedLimit reached) {
        if (state == State.OPEN) {
            if (reached != null) {
                session.limitReached(reached, "the WebSocket was closed");
            }
            notifyClosed(CloseReason.TRANSPORT_ERROR);
            sender.discard();
            closeContainer(code);
        }
    }

    @Override
    public void sent() {
        if (closeCode != 0 && sender.isEmpty() && state == State.CLOSING) {
            int code = closeCode;
            closeCode = 0;
            closeContainer(code);
        }
    }

    @Override
    public void sendFailed() {
        notifyClosed(CloseReason.TRANSPORT_CLOSE);
        abortContainer();
    }

    private void send(Bytes message, boolean text, SendOptions options) {
        if (state == State.OPEN) {
            sender.add(message, text, options.receivers() > 1);
        }
    }

    private void startClose(int code) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            // Jakarta WebSocket sends no close frame without a status.
            closeCode = code == NO_STATUS ? CloseCodes.NORMAL_CLOSURE.getCode() : code;
            timer = strand.schedule(this::abortLate, closeTimeout());
            receiver.stop();
            sent();
        }
    }

    private void abortLate() {
        notifyClosed(CloseReason.TRANSPORT_CLOSE);
        abortContainer();
    }

    private void abortNow() {
        notifyClosed(CloseReason.TRANSPORT_ERROR);
        abortContainer();
    }

    private void notOpened() {
        if (state == State.REQUESTED) {
            state = State.CLOSED;
            session.lineFailed();
        }
    }

    private void notifyClosed(CloseReason reason) {
        cancelTimer();
        receiver.stop();
        if (state == State.OPEN || state == State.CLOSING) {
            state = State.CLOSED;
            sender.discard();
            session.lineClosed(this, reason);
        } else if (state == State.REQUESTED) {
            notOpened();
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void closeContainer(int code) {
        onCloser(known -> {
            known.close(new jakarta.websocket.CloseReason(CloseCodes.getCloseCode(code), ""));
            // Jetty waits for the peer's frame without a limit.
            known.setMaxIdleTimeout(closeTimeout());
        });
    }

    private void abortContainer() {
        onCloser(known -> {
            known.getUserProperties().put(CLOSE_TIMEOUT, 1L);
            known.getUserProperties().put(SEND_TIMEOUT, 1L);
            known.setMaxIdleTimeout(1);
            known.close(new jakarta.websocket.CloseReason(CloseCodes.GOING_AWAY, ""));
        });
    }

    private interface Closing {
        void close(Session session) throws IOException;
    }

    private void onCloser(Closing closing) {
        Session known = container;
        if (known == null) {
            return;
        }
        try {
            host.closers().execute(() -> {
                try {
                    closing.close(known);
                } catch (IOException | IllegalStateException closed) {
                    // It was closed meanwhile.
                } catch (RuntimeException e) {
                    notClosed.error(e, "a WebSocket could not be closed");
                }
            });
        } catch (RejectedExecutionException stopping) {
            // The container closes its connections.
        }
    }

    private long closeTimeout() {
        return host.options().closeTimeout().toMillis();
    }

    private void onStrand(Runnable task) {
        if (strand.inLoop()) {
            task.run();
        } else {
            strand.execute(task);
        }
    }
}
