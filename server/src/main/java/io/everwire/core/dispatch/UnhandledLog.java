package io.everwire.core.dispatch;

import io.everwire.engine.LogSanitizer;
import io.everwire.engine.RateLimitedLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs the names of events that no handler exists for: each name once, and only so many, because clients choose the names. Any thread.
 */
public final class UnhandledLog {
    /** Enough for the misspelled names of one application. */
    static final int MAX_NAMES = 100;

    private static final RateLimitedLog unhandled = new RateLimitedLog(UnhandledLog.class);

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** Logs an event, unless its name was logged before. Returns whether its name is new. */
    boolean add(String namespace, String event) {
        if (names.size() >= MAX_NAMES || !names.add(LogSanitizer.of(event) + " " + LogSanitizer.of(namespace))) {
            return false;
        }
        unhandled.warn(
                "no handler for the event \"{}\" in {}: a client that asks for an ack receives none", event, namespace);
        if (names.size() == MAX_NAMES) {
            unhandled.warn("{} events have no handler: no more names are logged", MAX_NAMES);
        }
        return true;
    }
}
