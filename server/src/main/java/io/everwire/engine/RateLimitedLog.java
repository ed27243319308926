package io.everwire.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/**
 * Logs one kind of event that clients can cause. All clients together cause ten lines at most, and then one line each second, which
 * says how many events were not logged before it. Arguments and messages of exceptions are sanitized. Each place in the code has its
 * own static instance. Any thread.
 */
public final class RateLimitedLog {
    /**
     * The logs of several kinds of events, each with its own limit: a flood of one kind must not hide the others. The
     * number of kinds must be limited, because each is kept.
     */
    public static final class Kinds {
        private final Class<?> owner;
        private final Map<String, RateLimitedLog> logs = new ConcurrentHashMap<>();

        /** @param owner the class that logs */
        public Kinds(Class<?> owner) {
            this.owner = owner;
        }

        /** Returns the log of one kind. */
        public RateLimitedLog of(String kind) {
            return logs.computeIfAbsent(kind, first -> new RateLimitedLog(owner));
        }
    }

    /** The lines that are logged at once: enough to see whether the first events have the same cause. */
    static final int BURST = 10;

    private static final long NANOS_PER_LINE = 1_000_000_000L;

    private final Logger log;
    private final LongSupplier nanoTime;
    private final long nanosPerLine;

    /** The largest value of {@link #saved}. */
    private final long most;

    /** The time that is saved up for lines; a line uses {@link #nanosPerLine}. */
    private long saved;

    private long updated;
    private long suppressed;

    /** @param owner the class that logs */
    public RateLimitedLog(Class<?> owner) {
        this(LoggerFactory.getLogger(owner), System::nanoTime);
    }

    RateLimitedLog(Logger log, LongSupplier nanoTime) {
        this(log, nanoTime, BURST, NANOS_PER_LINE);
    }

    /**
     * @param burst the lines that are logged at once
     * @param nanosPerLine the time between later lines
     */
    RateLimitedLog(Logger log, LongSupplier nanoTime, int burst, long nanosPerLine) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.nanosPerLine = nanosPerLine;
        this.most = burst * nanosPerLine;
        this.saved = most;
        this.updated = nanoTime.getAsLong();
    }

    /** Logs a failure with its stack trace. The format is that of SLF4J. */
    public void error(Throwable failure, String format, @Nullable Object... arguments) {
        write(Level.ERROR, failure, format, arguments);
    }

    /** Logs an error. The format is that of SLF4J. */
    public void error(String format, @Nullable Object... arguments) {
        write(Level.ERROR, null, format, arguments);
    }

    /** Logs a failure with its stack trace as a warning. The format is that of SLF4J. */
    public void warn(Throwable failure, String format, @Nullable Object... arguments) {
        write(Level.WARN, failure, format, arguments);
    }

    /** Logs a warning. The format is that of SLF4J. */
    public void warn(String format, @Nullable Object... arguments) {
        write(Level.WARN, null, format, arguments);
    }

    private void write(Level level, @Nullable Throwable failure, String format, @Nullable Object[] arguments) {
        boolean error = level == Level.ERROR;
        long before = (error ? log.isErrorEnabled() : log.isWarnEnabled()) ? take() : -1;
        if (before < 0) {
            return;
        }
        Object[] shown = new Object[arguments.length];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = LogSanitizer.of(arguments[i]);
        }
        String message = MessageFormatter.basicArrayFormat(format, shown);
        if (before > 0) {
            message += " (" + before + " more since the last such line)";
        }
        Throwable copy = failure == null ? null : SanitizedFailure.of(failure);
        if (error) {
            log.error(message, copy);
        } else {
            log.warn(message, copy);
        }
    }

    /** Returns the number of events that were not logged since the last line, or −1 if this one is not logged either. */
    private synchronized long take() {
        long now = nanoTime.getAsLong();
        saved = Math.min(saved + now - updated, most);
        updated = now;
        if (saved < nanosPerLine) {
            suppressed++;
            return -1;
        }
        saved -= nanosPerLine;
        long before = suppressed;
        suppressed = 0;
        return before;
    }
}
