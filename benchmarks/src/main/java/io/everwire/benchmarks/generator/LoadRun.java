package io.everwire.benchmarks.generator;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs one load: connects the clients, a limited number at a time, sends events at the moments of the plan, and waits
 * for the acks. Everything happens on one event loop.
 *
 * <p>An event is sent when it is due, also if earlier ones have no ack yet, and its time counts from that moment. A
 * server that stops for a second therefore shows in all events of this second, not in one for each client.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failure is handled by the client.
final class LoadRun implements AutoCloseable, LoadClient.Listener {
    /** The number of clients that connect at the same time. */
    private static final int AT_ONCE = 64;

    private static final long TICK_MILLIS = 1;
    private static final long ACK_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MAX_MESSAGE = 16 * 1024 * 1024;

    private final LoadTarget target;
    private final LoadPlan plan;
    private final EventLoopGroup loop;
    private final Bootstrap bootstrap;
    private final LoadResult result = new LoadResult();
    private final List<LoadClient> joined = new ArrayList<>();
    private final CompletableFuture<LoadResult> over = new CompletableFuture<>();
    private int begun;
    private int settled;
    private int open;
    private long start;

    LoadRun(LoadTarget target, LoadPlan plan) {
        this.target = target;
        this.plan = plan;
        boolean epoll = Epoll.isAvailable();
        loop = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true);
        if (epoll) {
            // The kernel chooses the port when the connection is made, so that one port serves several servers.
            bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        }
    }

    /** Runs the load; returns when it is over. */
    LoadResult run() {
        loop.execute(() -> {
            start = System.nanoTime();
            for (int i = 0; i < AT_ONCE; i++) {
                connectNext();
            }
        });
        return over.join();
    }

    private void connectNext() {
        if (begun == plan.clients()) {
            return;
        }
        LoadClient client = new LoadClient(target, this);
        InetSocketAddress local = target.local(begun);
        begun++;
        Bootstrap own = bootstrap.clone().handler(new Pipeline(client));
        ChannelFuture connecting = local == null ? own.connect(target.address()) : own.connect(target.address(), local);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                client.failed(done.cause());
            }
        });
    }

    @Override
    public void joined(LoadClient client, long nanos) {
        joined.add(client);
        open++;
        result.connecting.add(nanos, 1);
        settle();
    }

    @Override
    public void ended(LoadClient client, boolean wasJoined, String reason) {
        (wasJoined ? result.disconnected : result.failed).merge(reason, 1, Integer::sum);
        if (wasJoined) {
            open--;
        } else {
            settle();
        }
    }

    @Override
    public void acked(long nanos) {
        result.acks.add(nanos, 1);
    }

    /** Continues with the next client, or with the events. */
    private void settle() {
        settled++;
        if (settled < plan.clients()) {
            connectNext();
            return;
        }
        result.connectNanos = System.nanoTime() - start;
        start = System.nanoTime();
        tick();
    }

    private void tick() {
        long now = System.nanoTime() - start;
        String json = plan.json();
        for (long due = plan.due(now); result.sent + result.omitted < due; ) {
            send(json, result.sent + result.omitted);
        }
        if (now < plan.length().toNanos()) {
            loop.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            result.sendNanos = now;
            finish(System.nanoTime() + ACK_WAIT_NANOS);
        }
    }

    private void send(String json, long number) {
        boolean sent =
                !joined.isEmpty() && joined.get((int) (number % joined.size())).send(json, start + plan.dueAt(number));
        if (sent) {
            result.sent++;
        } else {
            result.omitted++;
        }
    }

    /** Waits for the last acks, while a client is connected. */
    private void finish(long deadline) {
        if (open > 0 && result.acks.count() < result.sent && System.nanoTime() < deadline) {
            loop.schedule(() -> finish(deadline), TICK_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        joined.forEach(LoadClient::close);
        over.complete(result);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** The handlers of one connection. */
    private final class Pipeline extends ChannelInitializer<Channel> {
        private final LoadClient client;

        Pipeline(LoadClient client) {
            this.client = client;
        }

        @Override
        protected void initChannel(Channel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            if (target.tls() != null) {
                pipeline.addLast(target.tls()
                        .newHandler(
                                channel.alloc(),
                                target.webSocket().getHost(),
                                target.webSocket().getPort()));
            }
            WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                    .webSocketUri(target.webSocket())
                    .maxFramePayloadLength(MAX_MESSAGE)
                    .build();
            pipeline.addLast(
                    new HttpClientCodec(),
                    new HttpObjectAggregator(MAX_MESSAGE),
                    new WebSocketClientProtocolHandler(config),
                    new WebSocketFrameAggregator(MAX_MESSAGE),
                    client);
        }
    }
}
