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

/** The interface of the operating system by which a {@link NettyServer} waits for its connections. */
public enum IoBackend {
    /** Epoll or kqueue if the machine has one of them, otherwise {@link #NIO}. */
    AUTO,
    /** The selectors of the JDK: available everywhere. */
    NIO,
    /** Epoll, on Linux. */
    EPOLL,
    /** Kqueue, on macOS. */
    KQUEUE;

    /**
     * Returns the backend to use on this machine; never {@link #AUTO}.
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

    /** Returns the factory of event loops; throws as {@link #resolve} does. */
    IoHandlerFactory loops() {
        return GuardedIoHandler.guard(
                switch (resolve()) {
                    case EPOLL -> EpollIoHandler.newFactory();
                    case KQUEUE -> KQueueIoHandler.newFactory();
                    default -> NioIoHandler.newFactory();
                });
    }

    /** Returns the type of channels that accept connections; throws as {@link #resolve} does. */
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
                    "ioBackend: " + this + " is not available on this machine; AUTO selects one that is");
        }
        return this;
    }
}
