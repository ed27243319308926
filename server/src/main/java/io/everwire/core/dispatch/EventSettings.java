package io.everwire.core.dispatch;

import io.everwire.ServerObserver;
import io.everwire.ServerObserver.Outcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a server for the events of all its sockets. Any thread may use it.
 *
 * @param observer the observer of the application, guarded against its exceptions, or null
 * @param errorAcks the outcomes whose clients receive an error as their ack
 * @param unhandled logs events without a handler
 */
public record EventSettings(@Nullable ServerObserver observer, Set<Outcome> errorAcks, UnhandledLog unhandled) {
    /** Returns the time at which an event arrives, or 0 if nothing observes the server. */
    public long arrival() {
        return observer == null ? 0 : System.nanoTime();
    }
}
