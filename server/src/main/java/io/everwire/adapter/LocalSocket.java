package io.everwire.adapter;

import java.util.Collection;
import java.util.Set;

/**
 * A socket of this server, as adapters see it. Any thread may use it. Two references to one socket are the same object,
 * which adapters may use as a key.
 */
public interface LocalSocket {
    /** Returns the public id. */
    String id();

    /** Returns its rooms; a snapshot. */
    Set<String> rooms();

    /**
     * Returns the data that other servers may receive. It is written as JSON when it is read, and is the current data
     * then.
     */
    SocketDetails details();

    /** Adds it to rooms. The server checks limits and calls {@link Adapter#join}. Does nothing once disconnected. */
    void join(Collection<String> rooms);

    /** Removes it from rooms. The server calls {@link Adapter#leave}. */
    void leave(Collection<String> rooms);

    /**
     * Disconnects it from its namespace.
     *
     * @param close whether to disconnect the client from all its namespaces and close its connection
     */
    void disconnect(boolean close);
}
