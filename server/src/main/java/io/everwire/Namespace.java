package io.everwire;

import java.util.Map;
import java.util.Set;

/** A namespace of a server: clients join it by its name. It has its own rooms and handlers. Any thread may use it. */
public interface Namespace extends NamespaceRegistry, Broadcaster, ClusterMember {
    /** Returns the name, with the leading slash. */
    String name();

    /**
     * Returns the name by which metrics count it: its own name, or for a dynamic namespace the pattern that it matched, or {@code
     * dynamic} if a predicate allowed it. Clients cannot choose it.
     */
    default String group() {
        return name();
    }

    /** Returns the server that it belongs to. */
    SocketIoServer server();

    /** Returns the connected sockets by their ids; a live, unmodifiable view. */
    Map<String, Socket> sockets();

    /** Returns the rooms of this server that have a socket, the room of each socket included; a snapshot. */
    Set<String> rooms();

    /**
     * Sets what happens to an event that does not fit into the queue of a client. Default {@link Overflow#CLOSE}. A dynamic namespace
     * starts with the policy of its {@link DynamicNamespaces}.
     */
    void overflow(Overflow policy);

    /**
     * Sets the threads of the handlers, listeners and middleware of sockets that join from now on. Default {@link
     * ServerOptions.Builder#handlerMode}. A dynamic namespace starts with the mode of its {@link DynamicNamespaces}.
     */
    void handlerMode(HandlerMode mode);

    /** Returns a room that runs tasks one at a time; see {@link Room#execute}. {@link #to} chooses the sockets of a room. */
    Room room(String name);
}
