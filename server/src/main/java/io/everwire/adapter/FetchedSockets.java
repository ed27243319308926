package io.everwire.adapter;

import java.util.Collection;
import java.util.List;

/**
 * The sockets that the servers of a cluster found.
 *
 * @param sockets the sockets of this server, and of the servers that answered
 * @param missing the number of servers that did not answer in time
 */
public record FetchedSockets(List<SocketDetails> sockets, int missing) {
    /** Copies the list. */
    public FetchedSockets {
        sockets = List.copyOf(sockets);
    }

    /** Returns the sockets of all servers. */
    public static FetchedSockets of(Collection<? extends SocketDetails> sockets) {
        return new FetchedSockets(List.copyOf(sockets), 0);
    }
}
