package io.everwire.benchmarks.attack;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** An event loop with the connections of some clients, which all come from one address of loopback. Any thread. */
@SuppressWarnings("FutureReturnValueIgnored") // A failure closes the channel, which is handled.
final class Network implements AutoCloseable {
    private static final int CONNECT_MILLIS = 20_000;

    /** Linux has all of 127.0.0.0/8; other systems have one address of loopback. */
    private static final boolean HAS_ADDRESSES =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");

    private final EventLoopGroup loop;
    private final Bootstrap bootstrap;
    private final Queue<RawConnection> connections = new ConcurrentLinkedQueue<>();

    private Network(String name, String address) {
        loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
        if (HAS_ADDRESSES) {
            bootstrap.localAddress(new InetSocketAddress(address, 0));
        }
    }

    /** Returns the network of honest clients. */
    static Network honest() {
        return new Network("honest", "127.0.0.1");
    }

    /** Returns a network of attackers. */
    static Network attackers() {
        return new Network("attackers", "127.0.0.2");
    }

    /** Opens a connection. */
    CompletableFuture<RawConnection> connect(int port) {
        return connect(port, 0);
    }

    /** Opens a connection with a receive buffer of this size; 0 leaves it to the system. */
    CompletableFuture<RawConnection> connect(int port, int receiveBuffer) {
        RawConnection connection = new RawConnection();
        connections.add(connection);
        Bootstrap one = bootstrap.clone().handler(connection);
        if (receiveBuffer > 0) {
            one.option(ChannelOption.SO_RCVBUF, receiveBuffer);
        }
        one.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        loop.execute(() -> connection.finish("no connection"));
                    }
                });
        return connection.opened();
    }

    /** Returns all connections so far, the ended ones included. */
    Collection<RawConnection> connections() {
        return connections;
    }

    /** Forgets the oldest connections as far as they have ended. */
    void forgetEnded() {
        for (RawConnection first = connections.peek(); first != null && !first.isOpen(); first = connections.peek()) {
            connections.remove();
        }
    }

    /** Returns a future that completes after a delay. */
    CompletableFuture<Void> after(long millis) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        loop.schedule(() -> over.complete(null), millis, TimeUnit.MILLISECONDS);
        return over;
    }

    /** Runs a task again and again until it returns false. */
    void every(long millis, BooleanSupplier task) {
        loop.schedule(
                () -> {
                    if (task.getAsBoolean()) {
                        every(millis, task);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
