package io.everwire.netty;

import io.everwire.engine.EngineSession;
import io.everwire.engine.HostLine;
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
 * What goes out on one WebSocket, and how it ends. Frames are written here, below any codec. Any thread may call the
 * port's methods; the rest belongs to the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
final class NettyLine extends WebSocketWriter implements HostLine {
    private enum State {
        OPEN,
        /** Our close frame is sent, the peer's awaited. */
        CLOSING,
        /** Nothing is sent or listened to any more. */
        CLOSED
    }

    /** Room for what sessions say first: the opening packets of all generations are shorter, with the usual options. */
    private static final int GREETING = 256;

    private final RequestHead head;
    private final FrameEncoder frames;

    private State state = State.OPEN;
    private @Nullable Future<?> closeTimer;

    NettyLine(
            ChannelHandlerContext ctx, RequestHead head, EngineSession slot, FrameEncoder frames, NettyOptions options) {
        super(ctx, NettyEventLoop.of(ctx.channel().eventLoop()), options, slot);
        this.head = head;
        this.frames = frames;
    }

    // The port

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void text(Bytes message, SendOptions options) {
        if (loop.inLoop()) {
            sendText(message, options);
        } else {
            loop.execute(() -> sendText(message, options));
        }
    }

    @Override
    public void binary(Bytes message, SendOptions options) {
        if (loop.inLoop()) {
            sendBinary(message, options);
        } else {
            loop.execute(() -> sendBinary(message, options));
        }
    }

    @Override
    public void close(int code) {
        if (loop.inLoop()) {
            shut(code);
        } else {
            loop.execute(() -> shut(code));
        }
    }

    @Override
    public void reading(boolean on) {
        if (loop.inLoop()) {
            listen(on);
        } else {
            loop.execute(() -> listen(on));
        }
    }

    @Override
    public void abort() {
        closed(CloseReason.TRANSPORT_ERROR);
        abandon();
    }

    // For the handler

    /** Sends the answer to the handshake, or what is left of it, and tells the session. */
    void begin(HttpObject response) {
        pass(response);
        // First, for the session may speak at once: to the encoder of HTTP its frames would be no answer, and be lost.
        WebSocketHandshaker.removeEncoder(ctx.pipeline());
        slot.lineOpened(this);
    }

    /** As {@link #begin(HttpObject)}, with the whole answer as text: it leaves in one piece with what the session says first. */
    void begin(String response) {
        WebSocketHandshaker.removeEncoder(ctx.pipeline());
        room(response.length() + GREETING).writeCharSequence(response, StandardCharsets.ISO_8859_1);
        slot.lineOpened(this);
    }

    /** Whether messages of the peer are still of interest. */
    boolean open() {
        return state == State.OPEN;
    }

    /** What was read has been told. */
    void readEnds() {
        loop.flushIfMany();
    }

    /** Answers a ping, unless the peer does not read its answers. */
    void pong(byte[] payload) {
        if (state == State.OPEN && writable()) {
            frames.pong(this, Bytes.of(payload));
        }
    }

    /** The peer's close frame came; it is answered with its own code, if it had not been the answer itself. */
    void closedByPeer(int code) {
        if (state == State.CLOSED) {
            return;
        }
        boolean answered = state != State.OPEN;
        closed(CloseReason.TRANSPORT_CLOSE);
        if (answered) {
            ctx.close();
        } else {
            frames.close(this, code < 0 ? NO_STATUS : code);
            sendLast().addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** The peer broke the rules: it is told which, and read past until it noticed. */
    void fail(int code) {
        if (state == State.CLOSED) {
            return;
        }
        boolean open = state == State.OPEN;
        closed(CloseReason.TRANSPORT_ERROR);
        if (open) {
            frames.close(this, code);
            LingeringClose.close(ctx.channel(), sendLast(), options);
        } else {
            ctx.close();
        }
    }

    /** The connection is gone. */
    void ended() {
        if (closeTimer != null) {
            closeTimer.cancel(false);
        }
        release();
        closed(CloseReason.TRANSPORT_CLOSE);
    }

    // Inside

    private void sendText(Bytes message, SendOptions options) {
        if (mayWrite()) {
            frames.text(this, message, options);
        }
    }

    private void sendBinary(Bytes message, SendOptions options) {
        if (mayWrite()) {
            frames.binary(this, message, options);
        }
    }

    private boolean mayWrite() {
        if (state == State.OPEN && stuck()) {
            abort();
        }
        return state == State.OPEN;
    }

    private void shut(int code) {
        if (state != State.OPEN) {
            return;
        }
        frames.close(this, code);
        if (frames.closeIsAnswered()) {
            state = State.CLOSING;
            sendLast();
            // The peer's close frame must be read, even if nobody wants to hear anything else.
            ctx.channel().config().setAutoRead(true);
        } else {
            closed(CloseReason.TRANSPORT_CLOSE);
            LingeringClose.close(ctx.channel(), sendLast(), options);
        }
    }

    /** Sends the last bytes, for which there is not for ever time; the result is done when they left. */
    private ChannelFuture sendLast() {
        closeTimer = loop.schedule(this::abandon, options.closeTimeout());
        return finish();
    }

    private void abandon() {
        ended();
        ctx.close();
    }

    private void listen(boolean on) {
        if (state == State.OPEN) {
            ctx.channel().config().setAutoRead(on);
        }
    }

    /** The session is told once. */
    private void closed(CloseReason reason) {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            slot.lineClosed(this, reason);
        }
    }
}
