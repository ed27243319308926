package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection with one request at a time. On the event loop of its channel. */
@SuppressWarnings("FutureReturnValueIgnored") // A failure closes the channel, which is handled.
final class HttpPeer extends ChannelInboundHandlerAdapter {
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String CHUNKED = "\r\ntransfer-encoding: chunked\r\n";
    private static final String END = "\r\n\r\n";

    private final Runnable ended;
    private final Queue<ByteBuf> early = new ArrayDeque<>(1);
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private @Nullable Consumer<String> waiting;

    /** The bytes of the body, or of its chunk, that are missing; 0 while a head is read. */
    private int left;

    private boolean chunked;
    private boolean lastChunk;
    private boolean closing;
    private @Nullable Channel channel;

    /** @param ended called when the connection ends without {@code close} */
    HttpPeer(Runnable ended) {
        this.ended = ended;
    }

    static ByteBuf get(String target) {
        return Unpooled.copiedBuffer(
                "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n", StandardCharsets.US_ASCII);
    }

    static ByteBuf post(String target, String body) {
        return Unpooled.copiedBuffer(
                "POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n"
                        + "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body,
                StandardCharsets.US_ASCII);
    }

    /** Sends a request; {@code answered} receives the body of the response. */
    void ask(ByteBuf request, Consumer<String> answered) {
        waiting = answered;
        if (channel == null) {
            early.add(request);
        } else {
            channel.writeAndFlush(request, channel.voidPromise());
        }
    }

    void close() {
        closing = true;
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        for (ByteBuf request = early.poll(); request != null; request = early.poll()) {
            channel.writeAndFlush(request);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        while (in.isReadable()) {
            if (left > 0) {
                readBody(in);
            } else {
                readHead((char) in.readUnsignedByte());
            }
        }
        in.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!closing) {
            ended.run();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        System.err.println("a client failed: " + cause);
        ctx.close();
    }

    private void readBody(ByteBuf in) {
        int part = Math.min(left, in.readableBytes());
        body.append(in.readCharSequence(part, StandardCharsets.ISO_8859_1));
        left -= part;
        if (left == 0 && !chunked) {
            complete();
        }
    }

    private void readHead(char next) {
        head.append(next);
        if (next != '\n') {
            return;
        }
        if (chunked) {
            chunkBegun(head.toString().trim());
            head.setLength(0);
        } else if (head.indexOf(END, Math.max(0, head.length() - END.length())) > 0) {
            begun();
        }
    }

    private void begun() {
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        head.setLength(0);
        if (lower.startsWith("http/1.1 204")) {
            complete();
        } else if (lower.startsWith("http/1.1 200") && lower.contains(CHUNKED)) {
            chunked = true;
        } else if (lower.startsWith("http/1.1 200") && at > 0) {
            int from = at + LENGTH.length();
            left = Integer.parseInt(
                    lower.substring(from, lower.indexOf('\r', from)).trim());
            if (left == 0) {
                complete();
            }
        } else {
            throw new IllegalStateException("not the answer expected: " + lower);
        }
    }

    /** @param size the length of the chunk; empty behind a chunk */
    private void chunkBegun(String size) {
        if (!size.isEmpty()) {
            left = Integer.parseInt(size, 16);
            lastChunk = left == 0;
        } else if (lastChunk) {
            complete();
        }
    }

    private void complete() {
        String answer = body.toString();
        Consumer<String> listener = Objects.requireNonNull(waiting);
        head.setLength(0);
        body.setLength(0);
        chunked = false;
        lastChunk = false;
        waiting = null;
        listener.accept(answer);
    }
}
