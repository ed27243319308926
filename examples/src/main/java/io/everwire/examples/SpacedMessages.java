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
 * Lets a little time pass between the messages of a WebSocket, and between the answer that grants it and the first one,
 * unless the client has said something meanwhile. The client of the suites (ws 8.5) tells all messages of one read in one turn; a test that awaits them one after the other hears
 * of the first only. A Node server writes each by itself, which mostly keeps them apart; this does so for certain.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
final class SpacedMessages extends ChannelDuplexHandler {
    /** Ours: long enough for a process that has to wait for a processor. */
    private static final long GAP_MILLIS = 15;

    private static final byte[] GRANTED = "HTTP/1.1 101 ".getBytes(StandardCharsets.US_ASCII);

    /** Two line ends. */
    private static final int END_OF_HEAD = 0x0D0A0D0A;

    /** A piece of a message; whole if the message ends with it. */
    private record Piece(ByteBuf bytes, boolean whole, ChannelPromise written) {}

    private final Deque<Piece> waiting = new ArrayDeque<>();
    private boolean granted;
    /** Until it runs, what is to be sent waits. */
    private @Nullable Future<?> rest;

    private long left;
    private @Nullable ChannelPromise closing;

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        if (granted) {
            take(ctx, bytes, promise);
        } else {
            granted = isGrant(bytes);
            int head = granted ? head(bytes) : bytes.readableBytes();
            if (head < bytes.readableBytes()) {
                ctx.write(bytes.readRetainedSlice(head));
                rest(ctx);
                take(ctx, bytes, promise);
                return;
            }
            ctx.write(bytes, promise);
            if (granted) {
                rest(ctx);
            }
        }
    }

    /** Who says something has heard what was said. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        wake();
        if (!waiting.isEmpty()) {
            sendNext(ctx);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        if (rest == null) {
            sendNext(ctx);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (waiting.isEmpty()) {
            ctx.close(promise);
        } else {
            closing = promise;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        wake();
        waiting.forEach(piece -> ReferenceCountUtil.release(piece.bytes));
        waiting.clear();
    }

    /** How long the head of an answer is: the first frames may stand behind it. */
    private static int head(ByteBuf answer) {
        for (int at = answer.readerIndex(); at + Integer.BYTES <= answer.writerIndex(); at++) {
            if (answer.getInt(at) == END_OF_HEAD) {
                return at + Integer.BYTES - answer.readerIndex();
            }
        }
        return answer.readableBytes();
    }

    private static boolean isGrant(ByteBuf bytes) {
        byte[] begin = new byte[Math.min(GRANTED.length, bytes.readableBytes())];
        bytes.getBytes(bytes.readerIndex(), begin);
        return Arrays.equals(begin, GRANTED);
    }

    private void take(ChannelHandlerContext ctx, ByteBuf bytes, ChannelPromise promise) {
        do {
            if (left == 0 && bytes.isReadable()) {
                left = length(bytes, bytes.readerIndex());
            }
            int length = (int) Math.min(left, bytes.readableBytes());
            left -= length;
            ByteBuf piece = bytes.readRetainedSlice(length);
            waiting.add(new Piece(piece, left == 0, bytes.isReadable() ? ctx.newPromise() : promise));
        } while (bytes.isReadable());
        bytes.release();
    }

    /** The length of the frame that begins at {@code at}, its head included (RFC 6455, section 5.2); servers do not mask. */
    private static long length(ByteBuf bytes, int at) {
        int length = bytes.getByte(at + 1) & 0x7F;
        return switch (length) {
            case 126 -> 4L + bytes.getUnsignedShort(at + 2);
            case 127 -> 10L + bytes.getLong(at + 2);
            default -> 2L + length;
        };
    }

    private void sendNext(ChannelHandlerContext ctx) {
        boolean whole = false;
        while (!whole && !waiting.isEmpty()) {
            Piece piece = waiting.remove();
            whole = piece.whole && piece.bytes.isReadable();
            ctx.write(piece.bytes, piece.written);
        }
        ctx.flush();
        if (whole) {
            rest(ctx);
        } else if (closing != null && waiting.isEmpty()) {
            ctx.close(closing);
        }
    }

    private void rest(ChannelHandlerContext ctx) {
        wake();
        rest = ctx.executor()
                .schedule(
                        () -> {
                            rest = null;
                            sendNext(ctx);
                        },
                        GAP_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void wake() {
        if (rest != null) {
            rest.cancel(false);
            rest = null;
        }
    }
}
