package io.everwire.benchmarks.attack;

import io.everwire.benchmarks.attack.Inbound.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One TCP connection of a client, on which any bytes can be sent. Any thread may call it. */
@SuppressWarnings("FutureReturnValueIgnored") // A failure closes the channel, which completes ended().
final class RawConnection extends ChannelInboundHandlerAdapter implements Inbound.Listener {
    /** Any key is accepted; the response to it is not checked. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final CompletableFuture<RawConnection> opened = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Inbound inbound = new Inbound(this);
    private volatile @Nullable Channel channel;
    private volatile long messages;
    private volatile String reason = "closed";

    // On the event loop
    private final Deque<CompletableFuture<Response>> asked = new ArrayDeque<>(1);
    private final List<String> early = new ArrayList<>(1);
    private @Nullable Consumer<String> texts;

    /** Returns a future that completes when the connection is open. */
    CompletableFuture<RawConnection> opened() {
        return opened;
    }

    /**
     * Returns a future that completes when the connection has ended, with the reason: the status of the last response
     * unless it was a success, the code of the last close frame, {@code reset} or {@code closed}.
     */
    CompletableFuture<String> ended() {
        return ended;
    }

    /** Returns the number of WebSocket messages received. */
    long messages() {
        return messages;
    }

    boolean isOpen() {
        return !ended.isDone();
    }

    /** Sets the receiver of short text messages, and passes on the messages that arrived before. */
    void onText(Consumer<String> listener) {
        Channel open = channel;
        if (open != null) {
            open.eventLoop().execute(() -> {
                texts = listener;
                early.forEach(listener);
                early.clear();
            });
        }
    }

    /** Returns a future that completes with the next short text message, which no other receiver gets. */
    CompletableFuture<String> nextText() {
        CompletableFuture<String> next = new CompletableFuture<>();
        onText(next::complete);
        ended.thenAccept(why -> next.completeExceptionally(new Rejection(why)));
        return next;
    }

    /** Sends bytes and releases them. */
    RawConnection send(ByteBuf bytes) {
        Channel open = channel;
        if (open == null) {
            bytes.release();
        } else {
            open.writeAndFlush(bytes, open.voidPromise());
        }
        return this;
    }

    /** Sends a text message. */
    RawConnection say(String text) {
        return send(Frame.text(text));
    }

    /** Sends a request; the future completes with its response, or fails when the connection ends. */
    CompletableFuture<Response> ask(ByteBuf request) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        Channel open = channel;
        if (open == null) {
            request.release();
            answer.completeExceptionally(new Rejection("not open"));
            return answer;
        }
        open.eventLoop().execute(() -> {
            if (ended.isDone()) {
                request.release();
                answer.completeExceptionally(new Rejection(reason));
            } else {
                asked.add(answer);
                open.writeAndFlush(request, open.voidPromise());
            }
        });
        return answer;
    }

    /** Becomes a WebSocket; the future fails with the status if it is not 101. */
    CompletableFuture<RawConnection> upgrade(String target, String headers) {
        return ask(Unpooled.wrappedBuffer(Wire.utf8("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + KEY
                        + "\r\nSec-WebSocket-Version: 13\r\n" + headers + "\r\n")))
                .thenApply(response -> {
                    if (response.status() != 101) {
                        throw new Rejection("HTTP " + response.status());
                    }
                    return this;
                });
    }

    static ByteBuf get(String target, String headers) {
        return Unpooled.wrappedBuffer(
                Wire.utf8("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n"));
    }

    /** Returns the head of a POST. */
    static ByteBuf postHead(String target, String contentType, long length) {
        return Unpooled.wrappedBuffer(Wire.utf8("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
                + contentType + "\r\nContent-Length: " + length + "\r\n\r\n"));
    }

    static ByteBuf post(String target, String contentType, byte[] body) {
        return Unpooled.wrappedBuffer(postHead(target, contentType, body.length), Unpooled.wrappedBuffer(body));
    }

    /** Stops reading, or reads again. */
    RawConnection reading(boolean reads) {
        Channel open = channel;
        if (open != null) {
            open.config().setAutoRead(reads);
        }
        return this;
    }

    void close() {
        Channel open = channel;
        if (open != null) {
            reason = "by the client";
            open.close();
        }
    }

    /** Closes with a reset. */
    void reset() {
        Channel open = channel;
        if (open != null) {
            open.eventLoop().execute(() -> {
                if (open.isOpen()) {
                    open.config().setOption(ChannelOption.SO_LINGER, 0);
                    close();
                }
            });
        }
    }

    // From the connection

    @Override
    public void response(Response response) {
        if (response.status() >= 400) {
            reason = "HTTP " + response.status();
        }
        CompletableFuture<Response> answer = asked.poll();
        if (answer != null) {
            answer.complete(response);
        }
    }

    @Override
    public void text(String text) {
        if (texts == null) {
            early.add(text);
        } else {
            texts.accept(text);
        }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the event loop writes it.
    public void message() {
        messages++;
    }

    @Override
    public void closing(int code) {
        reason = "code " + code;
        send(Frame.of(Frame.FIN | Frame.CLOSE, new byte[] {(byte) (code >> 8), (byte) code}));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        opened.complete(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            inbound.read(in);
        } finally {
            in.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (reason.equals("closed")) {
            reason = cause instanceof java.io.IOException ? "reset" : cause.toString();
        }
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        finish(reason);
    }

    /** Ends the connection, which may never have been open. On the event loop. */
    void finish(String why) {
        reason = why;
        Rejection rejection = new Rejection(why);
        opened.completeExceptionally(rejection);
        asked.forEach(answer -> answer.completeExceptionally(rejection));
        asked.clear();
        ended.complete(why);
    }
}
