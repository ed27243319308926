package io.everwire.netty;

import io.everwire.engine.EngineSession;
import io.everwire.engine.HostLine;
import io.everwire.engine.IncompleteMessage;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.SendOptions;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket that a session sends to, and the order in which it ends.
 *
 * <p>Any thread may call the methods of {@link HostLine} that a session uses; the others are called on the event loop
 * only. One class serves RFC 6455 and the hixie drafts: only the {@link FrameEncoder} differs.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class NettyLine implements HostLine {
    private enum State {
        /** Messages are sent and received. */
        OPEN,
        /** The server sent its close frame and awaits the peer's. Messages are neither sent nor received. */
        CLOSING,
        /** The session was notified of the end. */
        CLOSED
    }

    /** The space for the first packets of a session: with default options, those of all generations are shorter. */
    private static final int FIRST_PACKETS = 256;

    private final RequestHead head;
    private final EngineSession session;
    private final FrameEncoder encoder;
    private final WebSocketWriter writer;
    private final NettyOptions options;

    private State state = State.OPEN;

    /** Set when a message has arrived in part for the first time. */
    private @Nullable IncompleteMessage incomplete;

    /** Aborts the connection if the end takes longer than {@link NettyOptions.Builder#closeTimeout}. */
    private @Nullable Future<?> closeTimer;

    /** @param ctx the context of the WebSocket's handler */
    NettyLine(
            ChannelHandlerContext ctx,
            RequestHead head,
            EngineSession session,
            FrameEncoder encoder,
            NettyOptions options) {
        NettyEventLoop loop = NettyEventLoop.of(ctx.channel().eventLoop());
        this.head = head;
        this.session = session;
        this.encoder = encoder;
        this.writer = new WebSocketWriter(ctx, loop, session);
        this.options = options;
    }

    // The session's side

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public NettyEventLoop eventLoop() {
        return writer.loop();
    }

    @Override
    public void text(Bytes message, SendOptions options) {
        if (eventLoop().inLoop()) {
            sendText(message, options);
        } else {
            eventLoop().execute(() -> sendText(message, options));
        }
    }

    @Override
    public void binary(Bytes message, SendOptions options) {
        if (eventLoop().inLoop()) {
            sendBinary(message, options);
        } else {
            eventLoop().execute(() -> sendBinary(message, options));
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
        if (eventLoop().inLoop()) {
            setReading(on);
        } else {
            eventLoop().execute(() -> setReading(on));
        }
    }

    @Override
    public void close(int code) {
        if (eventLoop().inLoop()) {
            startClose(code);
        } else {
            eventLoop().execute(() -> startClose(code));
        }
    }

    @Override
    public void abort() {
        notifyClosed(CloseReason.TRANSPORT_ERROR);
        abortConnection();
    }

    // The handshake's side

    /** Sends a part of the handshake's response through the HTTP encoder, which is still in the pipeline. */
    void sendResponse(HttpObject response) {
        writer.encodeInPipeline(response);
    }

    /** Sends the whole response of the handshake as text, in one piece with the first packets of the session. */
    void sendResponse(String response) {
        writer.reserve(response.length() + FIRST_PACKETS).writeCharSequence(response, StandardCharsets.ISO_8859_1);
    }

    /** Notifies the session that the WebSocket is open; the session may send at once. */
    void opened() {
        session.lineOpened(this);
    }

    // The handler's side

    /** Returns the session that receives the messages of this WebSocket. */
    EngineSession session() {
        return session;
    }

    /** Returns whether messages of the peer are passed to the session. */
    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Returns whether {@link #incomplete} was called: then it must be called after every read. */
    boolean countsIncomplete() {
        return incomplete != null;
    }

    /**
     * Counts the memory of a message that has arrived in part, for the server's limit.
     *
     * @param bytes 0 if no message is incomplete
     * @param refusal closes the WebSocket because the server has no memory for its message
     */
    void incomplete(int bytes, Runnable refusal) {
        IncompleteMessage known = incomplete;
        if (known == null) {
            known = new IncompleteMessage(session, eventLoop(), refusal);
            incomplete = known;
        }
        known.count(state == State.OPEN ? bytes : 0);
    }

    /** Called when the messages of a read were passed to the session. */
    void readCompleted() {
        eventLoop().flushIfMany();
    }

    /**
     * Called when the channel becomes writable or unwritable; the session looks at {@link #writable} in its next turn.
     */
    void writableChanged() {
        writer.writableChanged();
        session.writableChanged();
    }

    /** Answers a ping, unless the peer does not read what is sent to it. */
    void pong(byte[] payload) {
        if (state == State.OPEN && writable()) {
            encoder.pong(writer, Bytes.of(payload));
        }
    }

    /**
     * Called when the peer's close frame arrived. It is answered with the same code (RFC 6455, section 5.5.1), unless
     * it answers the server's own close frame.
     *
     * @param code the peer's code, or −1 if it gave none
     */
    void closeReceived(int code) {
        if (state == State.CLOSED) {
            return;
        }
        boolean answer = state == State.CLOSING;
        notifyClosed(CloseReason.TRANSPORT_CLOSE);
        if (answer) {
            ctx().close();
        } else {
            sendClose(code < 0 ? NO_STATUS : code).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /**
     * Closes the WebSocket because the peer violated the protocol, or because of an error of the server. The peer's
     * further bytes are discarded for a while, so that it can read the code ({@link LingeringClose}).
     */
    void fail(int code) {
        if (state == State.CLOSED) {
            return;
        }
        boolean open = state == State.OPEN;
        notifyClosed(CloseReason.TRANSPORT_ERROR);
        if (open) {
            LingeringClose.close(ctx().channel(), sendClose(code), options);
        } else {
            ctx().close();
        }
    }

    /** Called when the connection closed, however it did; also more than once. */
    void connectionClosed() {
        if (closeTimer != null) {
            closeTimer.cancel(false);
        }
        writer.discard();
        notifyClosed(CloseReason.TRANSPORT_CLOSE);
    }

    // Inside, on the event loop

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
        if (state != State.OPEN) {
            return;
        }
        if (encoder.closeIsAnswered()) {
            state = State.CLOSING;
            sendClose(code);
            // The peer's close frame must be read, even if the session paused reading.
            ctx().channel().config().setAutoRead(true);
        } else {
            ChannelFuture written = sendClose(code);
            notifyClosed(CloseReason.TRANSPORT_CLOSE);
            LingeringClose.close(ctx().channel(), written, options);
        }
    }

    /**
     * Sends the close frame after all other bytes, and starts the timer for the end; the result is done when they were
     * written to the socket. If there is no memory for the frame, the connection is aborted.
     */
    private ChannelFuture sendClose(int code) {
        closeTimer = eventLoop()
                .schedule(this::abortConnection, options.closeTimeout().toMillis());
        try {
            encoder.close(writer, code);
            return writer.flushNow();
        } catch (RuntimeException | Error e) {
            abortConnection();
            throw e;
        }
    }

    private void abortConnection() {
        connectionClosed();
        ctx().close();
    }

    private void setReading(boolean on) {
        if (state == State.OPEN) {
            ctx().channel().config().setAutoRead(on);
        }
    }

    private ChannelHandlerContext ctx() {
        return writer.ctx();
    }

    /** Notifies the session of the end, the first time it is called. */
    private void notifyClosed(CloseReason reason) {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            if (incomplete != null) {
                incomplete.count(0);
            }
            session.lineClosed(this, reason);
        }
    }
}
