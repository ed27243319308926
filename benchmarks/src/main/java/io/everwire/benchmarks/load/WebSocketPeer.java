package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client on a WebSocket: performs the handshake, answers heartbeats, counts frames. On the event loop of its
 * channel.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failure closes the channel, which is handled.
class WebSocketPeer extends ChannelInboundHandlerAdapter {
    /** Any key is accepted; the response to it is not checked. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final long HEARTBEAT_SECONDS = 20;

    private enum Phase {
        HTTP,
        GREETINGS,
        READY,
        CLOSING
    }

    private final Dialect dialect;
    private final String query;
    private String target;
    private final FrameCounter counter = new FrameCounter(this::shortFrame);
    private final StringBuilder head = new StringBuilder();
    private Phase phase = Phase.HTTP;
    private int greetings;
    private @Nullable Channel channel;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** @param query the text added to the request target */
    WebSocketPeer(Dialect dialect, String query) {
        this.dialect = dialect;
        this.query = query;
        this.target = dialect.first(query) == null ? dialect.target(query, "") : "";
    }

    // For the load

    /** Returns the target of the request before the WebSocket, or null. */
    final @Nullable String first() {
        return dialect.first(query);
    }

    /** Receives the response to {@link #first}. */
    final void firstAnswered(String answer) {
        target = dialect.target(query, answer);
    }

    /** Called once the client is connected and has sent its first packets. */
    void ready() {}

    /** Called for received frames, heartbeats not counted. */
    void received(int frames) {}

    /** Called when the connection has ended; {@code asked} if {@link #close} was called before. */
    void ended(boolean asked) {}

    /** Sends frames and releases them. */
    final void send(ByteBuf frames) {
        if (channel != null) {
            channel.writeAndFlush(frames, channel.voidPromise());
        }
    }

    /** Sends the packet that disconnects; the server closes the connection. */
    final void close() {
        phase = Phase.CLOSING;
        send(Frames.single(Frames.CLOSE, ""));
    }

    /** Returns a future that completes when the connection has ended. */
    final CompletableFuture<Void> gone() {
        return gone;
    }

    // From the channel

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        send(Unpooled.copiedBuffer(
                "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 13\r\n\r\n",
                StandardCharsets.US_ASCII));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (phase == Phase.HTTP) {
            readHead(in);
        }
        int frames = counter.count(in);
        in.release();
        if (frames > 0 && phase == Phase.READY) {
            received(frames);
        } else {
            for (int i = 0; i < frames; i++) {
                greeted();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended(phase == Phase.CLOSING);
        gone.complete(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        System.err.println("a client failed: " + cause);
        ctx.close();
    }

    private void readHead(ByteBuf in) {
        while (in.isReadable() && phase == Phase.HTTP) {
            head.append((char) in.readUnsignedByte());
            if (head.length() > 3 && head.indexOf("\r\n\r\n", head.length() - 4) > 0) {
                if (!head.toString().startsWith("HTTP/1.1 101")) {
                    throw new IllegalStateException("no WebSocket: " + head);
                }
                phase = Phase.GREETINGS;
                head.setLength(0);
                head.trimToSize();
                say(dialect.opening());
            }
        }
    }

    private void say(@Nullable String text) {
        if (text != null) {
            send(Frames.single(Frames.TEXT, text));
        }
    }

    /** Returns whether the frame counts. */
    private boolean shortFrame(boolean close, byte[] payload, int length) {
        if (close) {
            return false;
        }
        String answer = phase == Phase.READY ? dialect.answer(payload, length) : null;
        say(answer);
        return phase == Phase.GREETINGS;
    }

    private void greeted() {
        greetings++;
        if (greetings == 1) {
            say(dialect.hello());
        }
        if (greetings == dialect.greetings()) {
            phase = Phase.READY;
            beat();
            ready();
        }
    }

    private void beat() {
        String heartbeat = dialect.heartbeat();
        if (heartbeat != null && channel != null && channel.isActive()) {
            channel.eventLoop()
                    .schedule(
                            () -> {
                                say(heartbeat);
                                beat();
                            },
                            HEARTBEAT_SECONDS,
                            TimeUnit.SECONDS);
        }
    }
}
