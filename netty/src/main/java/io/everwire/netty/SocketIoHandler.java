package io.everwire.netty;

import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds the server to an HTTP pipeline. Stands after the {@code HttpServerCodec}, and after an
 * {@code HttpObjectAggregator} if one is used, and before the application's own handlers. In the pipeline of an HTTP/2
 * stream, it stands after the {@code Http2StreamFrameToHttpObjectCodec}; a stream cannot become a WebSocket. Requests that are not the
 * server's are passed on to those handlers unchanged, including requests for a WebSocket.
 *
 * <pre>{@code
 * pipeline.addLast(new HttpServerCodec());
 * pipeline.addLast(SocketIoHandler.create(server));
 * pipeline.addLast(new MyOwnHandler());
 * }</pre>
 *
 * <p>Each channel needs its own handler, without an executor of its own. A connection is answered one request at a
 * time, in order, by the server or by the application: while a request is unanswered, later ones are queued here. The
 * application may therefore answer later and from any thread. When a connection becomes a WebSocket of the server, the
 * codec and this handler leave the pipeline; the application's handlers then only receive {@code channelInactive}.
 */
public final class SocketIoHandler extends ChannelDuplexHandler {
    private final Engine engine;
    private final NettyOptions options;
    private final boolean ownsPort;

    /** Set when the handler is added to a pipeline. */
    private @Nullable HttpConnection connection;

    /** @param ownsPort whether heads, and idle times between requests, are limited here too */
    SocketIoHandler(Engine engine, NettyOptions options, boolean ownsPort) {
        this.engine = engine;
        this.options = options;
        this.ownsPort = ownsPort;
    }

    /** Returns a new handler for one channel, with {@link NettyOptions#DEFAULTS}. */
    public static SocketIoHandler create(SocketIoServer server) {
        return create(server, NettyOptions.DEFAULTS);
    }

    /** Returns a new handler for one channel. Options marked "Port" have no effect. */
    public static SocketIoHandler create(SocketIoServer server, NettyOptions options) {
        NettyVersion.check();
        return new SocketIoHandler(server.unwrap(Engine.class), options, false);
    }

    /**
     * @throws IllegalStateException if it was added with an executor: two threads would not keep the order of
     *     messages
     */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!ctx.channel().eventLoop().equals(ctx.executor())) {
            throw new IllegalStateException(
                    "SocketIoHandler must run on its channel's event loop, without an executor");
        }
        connection = new HttpConnection(ctx, engine, options, ownsPort);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connection().timeouts().begin(ConnectionTimeouts.Phase.HEAD);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection().stopServing();
        ctx.fireChannelInactive();
    }

    /** Also called by Netty after {@link #handlerAdded} threw; then there is nothing to release. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (connection != null) {
            connection.removed();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ShutdownEvent shutdown) {
            connection().shutdown(shutdown);
            return;
        }
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            connection().inputEnded();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!connection().failed(cause)) {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        connection().read(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        connection().readCompleted();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        connection().writableChanged();
        ctx.fireChannelWritabilityChanged();
    }

    /**
     * Leaves the pipeline after a response by which the application takes the connection over: 101, or 2xx to CONNECT.
     */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!connection().write(message, promise)) {
            if (ownsPort) {
                ReadActivityHandler.leave(ctx);
            }
            ctx.pipeline().remove(this);
        }
    }

    /** Returns the connection. Called on the event loop, once the handler was added. */
    HttpConnection connection() {
        return Objects.requireNonNull(connection);
    }
}
