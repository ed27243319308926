package io.everwire.core.dispatch;

import io.everwire.engine.LogSanitizer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the names of events that no handler exists for: each name once, and only so many, because clients choose the names. Any thread.
 */
public final class UnhandledLog {
    /** Enough for the misspelled names of one application. */
    static final int MAX_NAMES = 100;

    private final Logger log;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** Creates a log. */
    public UnhandledLog() {
        this(LoggerFactory.getLogger(UnhandledLog.class));
    }

    UnhandledLog(Logger log) {
        this.log = log;
    }

    /**
     * Logs an event, unless its name was logged before.
     *
     * @param asks whether the client asks for an ack
     */
    void add(String namespace, String event, boolean asks) {
        if (names.size() >= MAX_NAMES) {
            return;
        }
        String name = LogSanitizer.of(event) + "\" in " + LogSanitizer.of(namespace);
        if (names.add(name)) {
            log.warn("no handler for the event \"{}{}", name, asks ? ": its client receives no ack" : "");
            if (names.size() == MAX_NAMES) {
                log.warn("events without a handler had {} names: no more names are logged", MAX_NAMES);
            }
        }
    }
}
