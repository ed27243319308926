package io.everwire;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** An open port of a {@link SocketIoServer}. Any thread may use it. */
public interface Host {
    /** Returns the address that it is bound to, with the port that the system chose if 0 was asked for. */
    InetSocketAddress address();

    /**
     * Closes the port at once, then the connections that are left.
     *
     * @return done when nothing of it runs any more
     */
    CompletableFuture<Void> close();
}
