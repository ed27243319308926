package io.everwire.netty;

import io.everwire.engine.HostLine;
import io.everwire.engine.SessionSlot;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on one WebSocket. Frames are written here, below any codec: a server's are not masked, so that a
 * frame is a few bytes and then the message.
 *
 * <p>Small messages are gathered in one buffer, large ones passed on without a copy, and all of it is flushed once:
 * when the read that caused it ends, or when what runs on the loop has run. Any thread may call the port's methods;
 * the rest belongs to the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
final class NettyLine implements HostLine {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PONG = 0x8A;
    private static final int LONGEST_HEADER = 10;

    /** Messages up to this size are copied: that costs less than a buffer and a system call's entry of their own. */
    private static final int SMALL = 8 * 1024;

    /** So much is gathered before it is passed on, to be counted as waiting. */
    private static final int BATCH = 64 * 1024;

    private enum State {
        OPEN,
        /** Our close frame is sent, the peer's awaited. */
        CLOSING,
        /** Nothing is sent or listened to any more. */
        CLOSED
    }

    private final ChannelHandlerContext ctx;
    private final NettyLoop loop;
    private final RequestHead head;
    private final SessionSlot slot;
    private final NettyOptions options;

    private State state = State.OPEN;
    private boolean told;
    private boolean reading;
    private boolean dirty;
    private @Nullable ByteBuf batch;
    private @Nullable Future<?> closeTimer;

    NettyLine(ChannelHandlerContext ctx, RequestHead head, SessionSlot slot, NettyOptions options) {
        this.ctx = ctx;
        this.head = head;
        this.loop = NettyLoop.of(ctx.channel().eventLoop());
        this.slot = slot;
        this.options = options;
    }

    // The port

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void text(Bytes message) {
        if (loop.inLoop()) {
            send(TEXT, message);
        } else {
            loop.execute(() -> send(TEXT, message));
        }
    }

    @Override
    public void binary(Bytes message) {
        if (loop.inLoop()) {
            send(BINARY, message);
        } else {
            loop.execute(() -> send(BINARY, message));
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
    public boolean writable() {
        return ctx.channel().isWritable();
    }

    @Override
    public void reading(boolean on) {
        if (loop.inLoop()) {
            listen(on);
        } else {
            loop.execute(() -> listen(on));
        }
    }

    // For the handler

    /** Sends the answer to the handshake and tells the session. */
    void begin(FullHttpResponse response) {
        ctx.write(response);
        touch();
        slot.lineOpened(this, loop);
    }

    /** Whether messages of the peer are still of interest. */
    boolean open() {
        return state == State.OPEN;
    }

    void readBegins() {
        reading = true;
    }

    void readEnds() {
        reading = false;
        flushIfDirty();
    }

    /** Answers a ping, unless the peer does not read its answers. */
    void pong(byte[] payload) {
        if (state == State.OPEN && writable()) {
            write(PONG, Bytes.of(payload));
        }
    }

    /** The peer's close frame came; it is answered with its own code, if it had not been the answer itself. */
    void closedByPeer(int code) {
        if (state == State.CLOSED) {
            return;
        }
        boolean answered = state != State.OPEN;
        state = State.CLOSED;
        tell(CloseReason.TRANSPORT_CLOSE);
        if (answered) {
            ctx.close();
        } else {
            writeClose(code < 0 ? NO_STATUS : code);
            finish().addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** The peer broke the rules: it is told which, and read past until it noticed. */
    void fail(int code) {
        if (state == State.CLOSED) {
            return;
        }
        boolean open = state == State.OPEN;
        state = State.CLOSED;
        tell(CloseReason.TRANSPORT_ERROR);
        if (open) {
            writeClose(code);
            Lingering.close(ctx.channel(), finish(), options);
        } else {
            ctx.close();
        }
    }

    /** The connection is gone. */
    void ended() {
        state = State.CLOSED;
        if (closeTimer != null) {
            closeTimer.cancel(false);
        }
        if (batch != null) {
            batch.release();
            batch = null;
        }
        tell(CloseReason.TRANSPORT_CLOSE);
    }

    /** Flushes what was written since the last time. */
    void flushIfDirty() {
        if (dirty) {
            dirty = false;
            passBatch();
            ctx.flush();
        }
    }

    // Inside

    private void send(int opcode, Bytes message) {
        if (state != State.OPEN) {
            return;
        }
        int gathered = batch == null ? 0 : batch.readableBytes();
        if (Backlog.of(ctx.channel()) + gathered > options.maxPendingOutput()) {
            abort();
        } else {
            write(opcode, message);
        }
    }

    private void write(int opcode, Bytes message) {
        int length = message.length();
        if (length <= SMALL) {
            ByteBuf out = room(LONGEST_HEADER + length);
            writeHeader(out, opcode, length);
            out.writeBytes(message.array(), message.offset(), length);
        } else {
            writeHeader(room(LONGEST_HEADER), opcode, length);
            passBatch();
            ctx.write(Unpooled.wrappedBuffer(message.array(), message.offset(), length));
        }
        touch();
    }

    /** RFC 6455, section 5.2: the length in the shortest of three forms, and no mask. */
    private static void writeHeader(ByteBuf out, int opcode, int length) {
        out.writeByte(opcode);
        if (length < 126) {
            out.writeByte(length);
        } else if (length < 65536) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
    }

    private void writeClose(int code) {
        boolean silent = code == NO_STATUS;
        write(CLOSE, silent ? Bytes.EMPTY : Bytes.of(new byte[] {(byte) (code >> 8), (byte) code}));
    }

    private ByteBuf room(int bytes) {
        if (batch != null && batch.readableBytes() + bytes > BATCH) {
            passBatch();
        }
        if (batch == null) {
            batch = ctx.alloc().buffer(bytes);
        }
        return batch;
    }

    private void passBatch() {
        ByteBuf full = batch;
        if (full != null) {
            batch = null;
            ctx.write(full);
        }
    }

    private void touch() {
        if (!dirty) {
            dirty = true;
            if (!reading) {
                loop.flushSoon(this);
            }
        }
    }

    /** Flushes; the result is done when the last byte left. */
    private ChannelFuture finish() {
        passBatch();
        dirty = false;
        return ctx.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    private void shut(int code) {
        if (state != State.OPEN) {
            return;
        }
        writeClose(code);
        finish();
        state = State.CLOSING;
        // The peer's close frame must be read, even if nobody wants to hear anything else.
        ctx.channel().config().setAutoRead(true);
        closeTimer = loop.schedule(this::abandon, options.closeTimeout());
    }

    private void abandon() {
        ended();
        ctx.close();
    }

    /** A peer that does not read: what waits for it is given up. */
    private void abort() {
        state = State.CLOSED;
        tell(CloseReason.TRANSPORT_ERROR);
        abandon();
    }

    private void listen(boolean on) {
        if (state == State.OPEN) {
            ctx.channel().config().setAutoRead(on);
        }
    }

    private void tell(CloseReason reason) {
        if (!told) {
            told = true;
            slot.lineClosed(this, reason);
        }
    }
}
