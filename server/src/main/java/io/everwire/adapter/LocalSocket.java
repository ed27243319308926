package io.everwire.adapter;

import java.util.Collection;
import java.util.Set;

/** A socket of this server, as adapters see it. Any thread may use it. */
public interface LocalSocket {
    /** Its public id. */
    String id();

    /** The rooms it is in; a snapshot. */
    Set<String> rooms();

    /** What other servers may be told of it. It is written when somebody asks, as it is then. */
    SocketDetails details();

    /** Puts it into rooms. */
    void join(Collection<String> rooms);

    /** Removes it from rooms. */
    void leave(Collection<String> rooms);

    /** Disconnects it from its namespace, or its client from everything. */
    void disconnect(boolean close);
}
