package io.everwire.netty;

import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** One connection of a port, with the handlers of a {@link NettyServer}, on virtual time. */
public final class EmbeddedPort {
    private final EmbeddedChannel channel = new EmbeddedChannel();

    EmbeddedPort(Engine engine, NettyOptions options) {
        this(
                new ServerAccess(engine, null),
                NettyHost.builder().options(options).build());
    }

    public EmbeddedPort(SocketIoServer server, NettyOptions options) {
        this(server.unwrap(Engine.class), options);
    }

    EmbeddedPort(ServerAccess server, NettyHost host) {
        channel.freezeTime();
        new PortPipeline(server, host, new FileThreads()).addTo(channel.pipeline());
        channel.pipeline().fireChannelActive();
    }

    /** Receives bytes from the peer, one for each character. Does nothing if the connection closed. */
    public EmbeddedPort receive(String bytes) {
        if (!channel.isOpen()) {
            return this;
        }
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
        channel.runPendingTasks();
        return this;
    }

    /** Returns the bytes that were sent since the last call, one character for each. */
    public String sent() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.writeBytes(bytes);
            bytes.release();
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Receives a request and returns the bytes that were sent for it. */
    public String ask(String request) {
        return receive(request).sent();
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Lets time pass, one second after the other, so that each timer fires near its time. */
    public void pass(long millis) {
        for (long left = millis; left >= 0; left -= 1_000) {
            channel.advanceTimeBy(Math.min(left, 1_000), TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    EmbeddedChannel channel() {
        return channel;
    }

    public void close() {
        channel.finishAndReleaseAll();
    }
}
