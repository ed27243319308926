package io.everwire;

import java.util.List;

/**
 * The sockets that {@link BroadcastOperator#fetchAvailableSockets} found.
 *
 * @param sockets the sockets of all servers that answered
 * @param missing the number of servers that did not answer in time
 */
public record RemoteSockets(List<RemoteSocket> sockets, int missing) {
    /** Copies the list. */
    public RemoteSockets {
        sockets = List.copyOf(sockets);
    }

    /** Returns whether all servers answered; true without a cluster. */
    public boolean complete() {
        return missing == 0;
    }
}
