package io.everwire.adapter;

/**
 * A number of sockets on the servers of a cluster.
 *
 * @param sockets the number on this server and on the servers whose number is known
 * @param missing the number of servers whose number is not known
 */
public record SocketCount(int sockets, int missing) {
    /** Returns whether the numbers of all servers are known; true without a cluster. */
    public boolean complete() {
        return missing == 0;
    }
}
