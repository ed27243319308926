package io.everwire.core.dispatch;

import org.slf4j.Logger;

/**
 * Logs the failures of an application's code for one socket with their stack traces: the first ten, then the 16th, the 32nd and so on,
 * each with its number. A client that makes a handler fail cannot fill a disk with the log. Any thread.
 */
final class RateLimitedLog {
    private static final int ALL = 10;

    private final Logger log;
    private long failures;

    RateLimitedLog(Logger log) {
        this.log = log;
    }

    void error(String what, Throwable failure) {
        long number = next();
        if (number <= ALL) {
            log.error(what, failure);
        } else if (Long.bitCount(number) == 1) {
            log.error("{} (failure {} of one socket)", what, number, failure);
        }
    }

    private synchronized long next() {
        failures++;
        return failures;
    }
}
