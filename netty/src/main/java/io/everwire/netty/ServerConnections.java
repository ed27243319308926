package io.everwire.netty;

import io.everwire.engine.Engine;
import io.everwire.protocol.ReachedLimit;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of one port. Limits their number, and closes them when the port closes. Any thread may call it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class ServerConnections {
    private static final Logger log = LoggerFactory.getLogger(ServerConnections.class);

    private final EventLoopGroup loops;

    /** Held as long as the port is open, because the engine holds them weakly. */
    private final List<NettyEventLoop> eventLoops = new ArrayList<>();

    private final Engine engine;
    private final int maxConnections;
    private final long closeTimeout;
    private final ChannelGroup open;
    private volatile boolean closing;

    /**
     * @param loops the event loops of the connections
     * @param engine receives the report of too many connections
     */
    ServerConnections(EventLoopGroup loops, NettyOptions options, Engine engine) {
        this.engine = engine;
        this.loops = loops;
        loops.forEach(loop -> eventLoops.add(NettyEventLoop.of((EventLoop) loop)));
        this.maxConnections = options.maxConnections();
        this.closeTimeout = options.closeTimeout().toMillis();
        this.open = new DefaultChannelGroup(loops.next());
    }

    /** Has {@code engine} refuse to be awaited on the event loops of the port, also while it has no session. */
    void registerLoops(Engine engine) {
        eventLoops.forEach(engine::add);
    }

    /** Closes the sessions on the event loops of the port, before these shut down. */
    void endSessions(Engine engine) {
        engine.closeOn(eventLoops);
    }

    /** Adds a new connection. Closes it and returns false if there are too many, or if the port is closing. */
    boolean admit(Channel channel) {
        open.add(channel);
        // Approximate: several event loops may add a connection at one moment.
        if (closing || open.size() > maxConnections) {
            if (!closing) {
                engine.limits()
                        .report(new ReachedLimit("maxConnections", maxConnections, open.size()), "connection closed");
            }
            channel.close();
            return false;
        }
        return true;
    }

    /**
     * Closes every connection after its current response, and all that remain after
     * {@link NettyOptions.Builder#closeTimeout}.
     *
     * @return done when the last connection closed
     */
    CompletableFuture<Void> close() {
        closing = true;
        // All are informed before the first one closes: after that, no response may promise to keep its connection
        // open.
        List<CompletableFuture<Void>> informed = new ArrayList<>();
        // Not a stream: ChannelGroup.stream() reads the size first, and fails if a connection closes meanwhile.
        for (Channel channel : open) {
            informed.add(CompletableFuture.runAsync(() -> lastResponse(channel), channel.eventLoop()));
        }
        CompletableFuture.allOf(informed.toArray(new CompletableFuture<?>[0]))
                .whenComplete((done, failure) ->
                        open.forEach(channel -> channel.eventLoop().execute(() -> stop(channel))));
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Future<?> late = loops.next()
                .schedule(() -> open.forEach(ServerConnections::abort), closeTimeout, TimeUnit.MILLISECONDS);
        open.newCloseFuture().addListener(done -> {
            // The event loops shut down next, and would run it.
            late.cancel(false);
            closed.complete(null);
        });
        return closed;
    }

    private static void lastResponse(Channel channel) {
        if (channel.pipeline().get(SocketIoHandler.class) != null) {
            channel.pipeline().fireUserEventTriggered(ShutdownEvent.LAST_RESPONSE);
        }
    }

    /** Closes a connection at once. Its event loop may have shut down, if the connection closed meanwhile. */
    private static void abort(Channel channel) {
        try {
            channel.eventLoop().execute(channel::close);
        } catch (RejectedExecutionException shutDown) {
            log.debug("a connection closed before it was aborted");
        }
    }

    private static void stop(Channel channel) {
        if (channel.pipeline().get(SocketIoHandler.class) != null
                || channel.pipeline().get(WebSocketHandler.class) != null
                || channel.pipeline().get(HixieHandler.class) != null) {
            channel.pipeline().fireUserEventTriggered(ShutdownEvent.STOPPING);
        } else {
            // The application's own protocol: no event shows when it has finished.
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
