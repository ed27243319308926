package io.everwire.examples;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Delays each message of a WebSocket until 15 ms after the one before it, or after the handshake response. If the client sends data,
 * the next message is sent at once.
 *
 * <p>The client of the suites (ws 8.5) emits all messages of one read in one turn, so that a test that awaits one after the other
 * misses the second. A Node server writes each message by itself, which usually avoids this; the delay avoids it always.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures in the pipeline
public final class SpacedMessages extends ChannelDuplexHandler {
    /** Our own value: enough for a process that waits for a processor. */
    private static final long GAP_MILLIS = 15;

    private static final byte[] SWITCHING_PROTOCOLS = "HTTP/1.1 101 ".getBytes(StandardCharsets.US_ASCII);

    /** CR LF CR LF. */
    private static final int END_OF_HEAD = 0x0D0A0D0A;

    /** A piece of a message; {@code last} if the message ends with it. */
    private record Piece(ByteBuf bytes, boolean last, ChannelPromise written) {}

    private final Deque<Piece> queued = new ArrayDeque<>();
    private boolean open;
    /** The end of the delay. Messages are queued until it runs. */
    private @Nullable Future<?> delay;

    private long left;
    private @Nullable ChannelPromise closing;

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        if (open) {
            take(ctx, bytes, promise);
        } else {
            open = isHandshake(bytes);
            int head = open ? head(bytes) : bytes.readableBytes();
            if (head < bytes.readableBytes()) {
                ctx.write(bytes.readRetainedSlice(head));
                startDelay(ctx);
                take(ctx, bytes, promise);
                return;
            }
            ctx.write(bytes, promise);
            if (open) {
                startDelay(ctx);
            }
        }
    }

    /** Ends the delay: a client that sends data has read the message before it. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        endDelay();
        if (!queued.isEmpty()) {
            sendNext(ctx);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        if (delay == null) {
            sendNext(ctx);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (queued.isEmpty()) {
            ctx.close(promise);
        } else {
            closing = promise;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        endDelay();
        queued.forEach(piece -> ReferenceCountUtil.release(piece.bytes));
        queued.clear();
    }

    /** Returns the length of the head of a response. The first frames may follow it. */
    private static int head(ByteBuf response) {
        for (int at = response.readerIndex(); at + Integer.BYTES <= response.writerIndex(); at++) {
            if (response.getInt(at) == END_OF_HEAD) {
                return at + Integer.BYTES - response.readerIndex();
            }
        }
        return response.readableBytes();
    }

    private static boolean isHandshake(ByteBuf bytes) {
        byte[] begin = new byte[Math.min(SWITCHING_PROTOCOLS.length, bytes.readableBytes())];
        bytes.getBytes(bytes.readerIndex(), begin);
        return Arrays.equals(begin, SWITCHING_PROTOCOLS);
    }

    private void take(ChannelHandlerContext ctx, ByteBuf bytes, ChannelPromise promise) {
        do {
            if (left == 0 && bytes.isReadable()) {
                left = length(bytes, bytes.readerIndex());
            }
            int length = (int) Math.min(left, bytes.readableBytes());
            left -= length;
            ByteBuf piece = bytes.readRetainedSlice(length);
            queued.add(new Piece(piece, left == 0, bytes.isReadable() ? ctx.newPromise() : promise));
        } while (bytes.isReadable());
        bytes.release();
    }

    /** Returns the length of the frame at {@code at} with its head (RFC 6455, section 5.2). Servers do not mask. */
    private static long length(ByteBuf bytes, int at) {
        int length = bytes.getByte(at + 1) & 0x7F;
        return switch (length) {
            case 126 -> 4L + bytes.getUnsignedShort(at + 2);
            case 127 -> 10L + bytes.getLong(at + 2);
            default -> 2L + length;
        };
    }

    private void sendNext(ChannelHandlerContext ctx) {
        boolean last = false;
        while (!last && !queued.isEmpty()) {
            Piece piece = queued.remove();
            last = piece.last && piece.bytes.isReadable();
            ctx.write(piece.bytes, piece.written);
        }
        ctx.flush();
        if (last) {
            startDelay(ctx);
        } else if (closing != null && queued.isEmpty()) {
            ctx.close(closing);
        }
    }

    private void startDelay(ChannelHandlerContext ctx) {
        endDelay();
        delay = ctx.executor()
                .schedule(
                        () -> {
                            delay = null;
                            sendNext(ctx);
                        },
                        GAP_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void endDelay() {
        if (delay != null) {
            delay.cancel(false);
            delay = null;
        }
    }
}
