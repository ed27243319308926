package io.everwire.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The connections of one port: counted, and closed with it. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
final class ServerConnections {
    private final EventLoopGroup loops;
    private final int most;
    private final long closeTimeout;
    private final ChannelGroup open;
    private volatile boolean stopping;

    ServerConnections(EventLoopGroup loops, NettyOptions options) {
        this.loops = loops;
        this.most = options.maxConnections();
        this.closeTimeout = options.closeTimeout();
        this.open = new DefaultChannelGroup(loops.next());
    }

    /** Adds a new connection; returns false, and closes it, if there are too many or the port is closing. */
    boolean admit(Channel channel) {
        open.add(channel);
        // Approximate between loops: a few more may slip in at one moment.
        if (stopping || open.size() > most) {
            channel.close();
            return false;
        }
        return true;
    }

    /** Lets every connection finish, for a bounded time; returns when none is left. */
    CompletableFuture<Void> stop() {
        stopping = true;
        // All of them first, on whichever loop: when one connection goes, none of the others promises to stay.
        List<CompletableFuture<Void>> announced = new ArrayList<>();
        // Not a stream: it counts first, and fails if some have gone meanwhile.
        for (Channel channel : open) {
            announced.add(CompletableFuture.runAsync(() -> announce(channel), channel.eventLoop()));
        }
        CompletableFuture.allOf(announced.toArray(new CompletableFuture<?>[0]))
                .whenComplete((done, failure) ->
                        open.forEach(channel -> channel.eventLoop().execute(() -> stop(channel))));
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        loops.next().schedule(() -> open.close(), closeTimeout, TimeUnit.MILLISECONDS);
        open.newCloseFuture().addListener(done -> stopped.complete(null));
        return stopped;
    }

    private static void announce(Channel channel) {
        if (channel.pipeline().get(SocketIoHandler.class) != null) {
            channel.pipeline().fireUserEventTriggered(ShutdownEvent.LAST_ANSWER);
        }
    }

    private static void stop(Channel channel) {
        if (channel.pipeline().get(SocketIoHandler.class) != null
                || channel.pipeline().get(WebSocketHandler.class) != null
                || channel.pipeline().get(HixieHandler.class) != null) {
            channel.pipeline().fireUserEventTriggered(ShutdownEvent.STOPPING);
        } else {
            // The application's own protocol: nobody can say when it is done.
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
