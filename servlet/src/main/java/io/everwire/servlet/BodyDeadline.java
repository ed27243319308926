package io.everwire.servlet;

import io.everwire.protocol.ReachedLimit;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time for the body of one request. Each {@code bodyTimeout} is measured alone: a peer that sends all but the
 * last byte at once gains no time by it. Used on the strand.
 */
final class BodyDeadline {
    private final Supplier<Strand> strand;
    private final ServletOptions options;
    private final LongSupplier received;
    private final Consumer<ReachedLimit> expired;

    private long elapsed;
    private long before;
    private @Nullable Future<?> timer;

    /**
     * @param received the bytes that have arrived; negative while the server does not read
     * @param expired called once with the limit that was passed
     */
    BodyDeadline(
            Supplier<Strand> strand, ServletOptions options, LongSupplier received, Consumer<ReachedLimit> expired) {
        this.strand = strand;
        this.options = options;
        this.received = received;
        this.expired = expired;
    }

    /** Begins to measure, unless it has begun. */
    void start() {
        if (timer == null) {
            arm();
        }
    }

    /** Ends measuring. */
    void cancel() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void arm() {
        long window = window();
        timer = strand.get().schedule(() -> check(window), window);
    }

    private long window() {
        long most = options.requestTimeout().toMillis() - elapsed;
        return Math.max(1, Math.min(options.bodyTimeout().toMillis(), most));
    }

    private void check(long window) {
        long now = received.getAsLong();
        if (now < 0) {
            arm();
            return;
        }
        elapsed += window;
        long rate = (now - before) * 1000 / window;
        before = now;
        if (elapsed >= options.requestTimeout().toMillis()) {
            expired.accept(
                    ReachedLimit.time("requestTimeout", options.requestTimeout().toMillis()));
        } else if (rate < options.minBodyRate()) {
            expired.accept(
                    ReachedLimit.time("bodyTimeout", options.bodyTimeout().toMillis()));
        } else {
            arm();
        }
    }
}
