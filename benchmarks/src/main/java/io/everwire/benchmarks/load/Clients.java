package io.everwire.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The event loop of all clients; opens their connections. */
@SuppressWarnings("FutureReturnValueIgnored") // A failure closes the channel, which is handled.
public final class Clients implements AutoCloseable {
    /** The longest wait for any result. */
    private static final int PATIENCE_SECONDS = 60;

    /**
     * Local addresses 127.0.0.2 and on: each has its own 28,000 ports, which a closed connection blocks for a minute.
     */
    private static final int ADDRESSES = 200;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Bootstrap bootstrap = new Bootstrap()
            .group(loop)
            .channel(EpollSocketChannel.class)
            .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
            .option(ChannelOption.TCP_NODELAY, true);
    private int opened;

    /** Opens a connection; {@code failed} receives a failure. Any thread. */
    void connect(int port, ChannelHandler peer, CompletableFuture<Void> failed) {
        connect(port, localAddress(), peer, failed);
    }

    /** Opens a connection from an address that {@link #localAddress} returned. Any thread. */
    void connect(int port, InetSocketAddress from, ChannelHandler peer, CompletableFuture<Void> failed) {
        ChannelFuture connected = bootstrap
                .clone()
                .handler(peer)
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), from);
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                failed.completeExceptionally(done.cause());
            }
        });
    }

    /** Returns a local address for the connections of one client. Any thread. */
    synchronized InetSocketAddress localAddress() {
        return new InetSocketAddress("127.0.0." + (2 + opened++ % ADDRESSES), 0);
    }

    /** Runs a task on the event loop and waits for it. */
    <T> T ask(Callable<T> question) {
        return await(supply(question));
    }

    /** Runs a task on the event loop. */
    <T> CompletableFuture<T> supply(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** Waits for a result, with a timeout. */
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("nothing happened for " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Returns a future that completes after a delay. */
    public CompletableFuture<Void> after(long millis) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        loop.schedule(() -> over.complete(null), millis, TimeUnit.MILLISECONDS);
        return over;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
