package io.everwire;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** An open port of a {@link SocketIoServer}. Any thread may use it. */
public interface Host {
    /** Returns the address that it is bound to, with the port that the system chose if 0 was asked for. */
    InetSocketAddress address();

    /** Returns the kind of the host and its main settings in a few words, such as {@code Netty with epoll, TLS}, for log lines. */
    default String description() {
        return getClass().getSimpleName();
    }

    /**
     * Closes the port at once, then the connections that are left.
     *
     * @return done when nothing of it runs any more
     */
    CompletableFuture<Void> close();
}
