package io.everwire;

import java.util.Map;

/**
 * The current numbers of a server, for metrics: sessions, sockets and bytes of this server only. A session is the connection of one
 * client. Each method returns the value at the time of the call; its cost does not grow with the number of sessions. Values that change
 * during a call may or may not include the change. Any thread may use it.
 *
 * @see SocketIoServer#counters
 * @see ServerObserver
 */
public interface ServerCounters {
    /** Returns the number of open sessions, joined to a namespace or not; limited by {@link ServerOptions.Builder#maxSessions}. */
    int sessions();

    /** Returns the number of open sessions of one generation, such as {@code eio4}; 0 for a name that does not exist. */
    int sessions(String generation);

    /**
     * Returns the number of open sessions of one generation that use a transport now; 0 for a name that does not exist. An upgraded
     * session counts for its new transport.
     *
     * @param transport the name on the wire, such as {@code websocket}
     */
    int sessions(String generation, String transport);

    /**
     * Returns the number of open sessions by generation, then by transport; a new map. It has every generation that is served with
     * all its transports, also those without sessions, so the keys stay the same.
     */
    Map<String, Map<String, Integer>> sessionsByTransport();

    /** Returns the number of connected sockets in all namespaces. */
    int sockets();

    /**
     * Returns the number of connected sockets in each namespace that is not dynamic, {@code /} included; a new map. Clients choose the
     * names of dynamic namespaces, so {@link #dynamicSockets} counts them together.
     */
    Map<String, Integer> socketsByNamespace();

    /** Returns the number of connected sockets in all dynamic namespaces together. */
    int dynamicSockets();

    /**
     * Returns the bytes queued for slow clients, to about a kilobyte for each client; limited by {@link
     * LimitOptions.Builder#maxQueuedBytesTotal}. It is the sum of {@link ServerObserver#queued}.
     */
    long queuedBytes();

    /**
     * Returns the bytes that arrived and are incomplete or not handled, to about a kilobyte for each client; limited by {@link
     * LimitOptions.Builder#maxInputBytesTotal}.
     */
    long inputBytes();

    /** Returns the memory that open sessions keep, in bytes; limited by {@link LimitOptions.Builder#maxSessionBytesTotal}. */
    long sessionBytes();
}
