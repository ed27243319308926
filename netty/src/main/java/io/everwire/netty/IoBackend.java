package io.everwire.netty;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** Which way of the operating system a {@link NettyServer} waits for its connections. */
public enum IoBackend {
    /** Epoll or kqueue where there is one, otherwise {@link #NIO}. */
    AUTO,
    /** What the JDK offers: everywhere. */
    NIO,
    /** Linux. */
    EPOLL,
    /** macOS. */
    KQUEUE;

    /**
     * What to use here and now; never {@link #AUTO}.
     *
     * @throws IllegalStateException if this machine does not have it
     */
    IoBackend resolve() {
        return switch (this) {
            case AUTO -> Epoll.isAvailable() ? EPOLL : KQueue.isAvailable() ? KQUEUE : NIO;
            case NIO -> NIO;
            case EPOLL -> available(Epoll.isAvailable());
            case KQUEUE -> available(KQueue.isAvailable());
        };
    }

    IoHandlerFactory loops() {
        return switch (resolve()) {
            case EPOLL -> EpollIoHandler.newFactory();
            case KQUEUE -> KQueueIoHandler.newFactory();
            default -> NioIoHandler.newFactory();
        };
    }

    Class<? extends ServerSocketChannel> channel() {
        return switch (resolve()) {
            case EPOLL -> EpollServerSocketChannel.class;
            case KQUEUE -> KQueueServerSocketChannel.class;
            default -> NioServerSocketChannel.class;
        };
    }

    private IoBackend available(boolean available) {
        if (!available) {
            throw new IllegalStateException(
                    "transport: " + this + " is not available on this machine; AUTO takes what is");
        }
        return this;
    }
}
