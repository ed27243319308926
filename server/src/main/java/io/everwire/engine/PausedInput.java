package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bodies of requests received while a client is not read. Used in the session's turns. */
final class PausedInput {
    /** In the order of arrival. Usually one or two; a map, because a client may send very many small ones. */
    private final Map<Exchange, Bytes> bodies = new LinkedHashMap<>(2);

    private int memory;

    void add(Exchange exchange, Bytes body) {
        remove(exchange);
        bodies.put(exchange, body);
        memory += body.array().length;
    }

    /** Forgets the body of a closed request. */
    void remove(Exchange exchange) {
        Bytes removed = bodies.remove(exchange);
        memory -= removed == null ? 0 : removed.array().length;
    }

    /** Returns the memory of all bodies. */
    int bytes() {
        return memory;
    }

    boolean isEmpty() {
        return bodies.isEmpty();
    }

    /** Returns a task for each body that passes it to the session. */
    List<SessionTask> tasks() {
        List<SessionTask> tasks = new ArrayList<>(bodies.size());
        bodies.forEach(
                (exchange, bytes) -> tasks.add(SessionTask.of((session, now) -> session.body(exchange, bytes, now))));
        return tasks;
    }
}
