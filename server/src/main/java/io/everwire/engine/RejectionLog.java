package io.everwire.engine;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs rejected pages and hosts, with the values that differ and the options that admit them. Writes at most one line a
 * minute, because any page of the web can cause these lines. Any thread.
 */
final class RejectionLog {
    private final RateLimitedLog rejected;

    /** @param clock milliseconds that only move forward */
    RejectionLog(LongSupplier clock) {
        this(clock, LoggerFactory.getLogger(RejectionLog.class));
    }

    RejectionLog(LongSupplier clock, Logger log) {
        rejected = new RateLimitedLog(
                log, () -> TimeUnit.MILLISECONDS.toNanos(clock.getAsLong()), 1, TimeUnit.MINUTES.toNanos(1));
    }

    /** Logs a page that is not listed and reached the server under these hosts. */
    void page(String origin, List<String> reached) {
        rejected.warn(
                "a page of the origin {} was rejected: the server was reached as {}. If pages of this origin may use"
                        + " the server, add it to the option origins. If it is the server's own page behind a proxy,"
                        + " have the proxy pass on Host with the port, or X-Forwarded-Host and the option"
                        + " trustedProxies",
                origin,
                reached);
    }

    /** Logs a request for a host that is not allowed. */
    void host(@Nullable String host, @Nullable String forwarded) {
        rejected.warn(
                "a request for the host {}, forwarded as {}, was rejected: the option allowedHosts does not list it",
                host,
                forwarded);
    }

    /** Logs a failure of the application's filter. */
    void filter(String origin, RuntimeException failure) {
        rejected.error(failure, "originFilter failed for the origin {}", origin);
    }
}
