package io.everwire.benchmarks.generator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client 4.x on a WebSocket: joins a namespace, answers heartbeats, and recognizes acks. On the event loop of its
 * channel.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failure closes the channel, which is handled.
final class LoadClient extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private final LoadTarget target;
    private final Listener listener;
    private final long since = System.nanoTime();
    private final Map<Integer, Long> dueAt = new HashMap<>();
    private @Nullable Channel channel;
    private @Nullable String reason;
    private boolean joined;
    private boolean asked;
    private int ids;

    /** Is notified of the life of a client. */
    interface Listener {
        /** Called when the client has joined its namespace. */
        void joined(LoadClient client, long nanos);

        /** Called for each ack. */
        void acked(long nanos);

        /** Called once when the connection has ended without {@link LoadClient#close}. */
        void ended(LoadClient client, boolean joined, String reason);
    }

    LoadClient(LoadTarget target, Listener listener) {
        this.target = target;
        this.listener = listener;
    }

    /** Sends an event that was due at a time; returns false if the connection is full or has ended. */
    boolean send(String json, long due) {
        if (channel == null || !channel.isWritable()) {
            return false;
        }
        dueAt.put(ids, due);
        packet("42" + target.prefix() + ids++ + json);
        return true;
    }

    /** Disconnects without a notification. */
    void close() {
        asked = true;
        if (channel != null) {
            channel.close();
        }
    }

    /** Records the failure of a connection that was never open. */
    void failed(Throwable failure) {
        end(failure.toString());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        ctx.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
        String text = frame.text();
        switch (text.charAt(0)) {
            case '0' -> packet("40" + target.prefix() + target.auth());
            case '1' -> end("the server closed the connection");
            case '2' -> packet("3");
            case '4' -> received(text);
            default -> {}
        }
    }

    private void received(String text) {
        if (!text.startsWith(target.prefix(), 2)) {
            return;
        }
        String rest = text.substring(2 + target.prefix().length());
        switch (text.charAt(1)) {
            case '0' -> {
                joined = true;
                listener.joined(this, System.nanoTime() - since);
            }
            case '1' -> end("the server disconnected the socket");
            case '3' -> acked(rest);
            case '4' -> end("the server rejected the client: " + rest);
            default -> {}
        }
    }

    private void acked(String rest) {
        int end = rest.indexOf('[');
        Long due = end < 0 ? null : dueAt.remove(Integer.valueOf(rest.substring(0, end)));
        if (due != null) {
            listener.acked(System.nanoTime() - due);
        }
    }

    private void packet(String text) {
        if (channel != null) {
            channel.writeAndFlush(new TextWebSocketFrame(text), channel.voidPromise());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(cause.toString());
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("the connection was closed");
    }

    private void end(String text) {
        if (reason == null && !asked) {
            reason = text;
            listener.ended(this, joined, text);
        }
    }
}
