package io.everwire;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** A port that a {@link SocketIoServer} is reached through. */
public interface Host {
    /** The address it is bound to, with the port that was chosen if 0 was asked for. */
    InetSocketAddress address();

    /**
     * Closes the port at once, then the connections that are left.
     *
     * @return done when nothing of it runs any more
     */
    CompletableFuture<Void> close();
}
