package io.everwire.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs rejected pages and hosts, with the values that differ and the options that admit them. Writes at most one line a
 * minute, because clients cause these lines. Any thread.
 */
final class RejectionLog {
    private static final long INTERVAL_MILLIS = 60_000;

    private final Logger log;
    private final LongSupplier clock;
    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong omitted = new AtomicLong();

    /** @param clock milliseconds that only move forward */
    RejectionLog(LongSupplier clock) {
        this(clock, LoggerFactory.getLogger(RejectionLog.class));
    }

    RejectionLog(LongSupplier clock, Logger log) {
        this.clock = clock;
        this.log = log;
    }

    /** Logs a page that is not listed and reached the server under these hosts. */
    void page(String origin, List<String> reached) {
        if (isDue()) {
            log.warn(
                    "a page of the origin {} was rejected: the server was reached as {}. If pages of this origin may use"
                            + " the server, add it to the option origins. If it is the server's own page behind a proxy,"
                            + " have the proxy pass on Host with the port, or X-Forwarded-Host and the option"
                            + " trustedProxies{}",
                    LogSanitizer.of(origin),
                    LogSanitizer.of(reached),
                    omitted());
        }
    }

    /** Logs a request for a host that is not allowed. */
    void host(@Nullable String host, @Nullable String forwarded) {
        if (isDue()) {
            log.warn(
                    "a request for the host {}, forwarded as {}, was rejected: the option allowedHosts does not list"
                            + " it{}",
                    LogSanitizer.of(host),
                    LogSanitizer.of(forwarded),
                    omitted());
        }
    }

    /** Logs a failure of the application's filter. */
    void filter(String origin, RuntimeException failure) {
        if (isDue()) {
            log.error(
                    "originFilter failed for the origin {}{}",
                    LogSanitizer.of(origin),
                    omitted(),
                    SanitizedFailure.of(failure));
        }
    }

    private boolean isDue() {
        long now = clock.getAsLong();
        long due = next.get();
        if (now >= due && next.compareAndSet(due, now + INTERVAL_MILLIS)) {
            return true;
        }
        omitted.incrementAndGet();
        return false;
    }

    private String omitted() {
        long count = omitted.getAndSet(0);
        return count == 0 ? "" : " (" + count + " more since the last such line)";
    }
}
