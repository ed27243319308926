package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import java.util.ArrayList;
import java.util.List;

/** The bodies of requests received while a client is not read: one or two. Used in the session's turns. */
final class PausedInput {
    private final List<Body> bodies = new ArrayList<>(2);

    private record Body(Exchange exchange, Bytes bytes) {}

    void add(Exchange exchange, Bytes body) {
        bodies.add(new Body(exchange, body));
    }

    /** Forgets the body of a closed request. */
    void remove(Exchange exchange) {
        bodies.removeIf(body -> body.exchange == exchange);
    }

    /** Returns the memory of all bodies. */
    int bytes() {
        return bodies.stream().mapToInt(body -> body.bytes.array().length).sum();
    }

    boolean isEmpty() {
        return bodies.isEmpty();
    }

    /** Returns a task for each body that passes it to the session. */
    List<SessionTask> tasks() {
        return bodies.stream()
                .map(body -> SessionTask.of((session, now) -> session.body(body.exchange, body.bytes, now)))
                .toList();
    }
}
