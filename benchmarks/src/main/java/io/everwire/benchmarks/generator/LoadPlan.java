package io.everwire.benchmarks.generator;

import java.time.Duration;

/**
 * The size of a load.
 *
 * @param clients the number of clients, from 1
 * @param rate events a second of all clients together, or 0
 * @param length the time in which events are sent
 * @param event the name of the events
 * @param data their argument, as JSON
 */
record LoadPlan(int clients, int rate, Duration length, String event, String data) {
    LoadPlan {
        if (clients < 1 || rate < 0 || length.isNegative()) {
            throw new IllegalArgumentException(
                    "a load needs a client, and no negative number: " + clients + ", " + rate + ", " + length);
        }
    }

    /** Returns the number of events that are due after a time. */
    long due(long nanos) {
        return (long) (Math.min(nanos, length.toNanos()) * (double) rate / 1e9);
    }

    /** Returns the time at which an event is due, from the start of the load. */
    long dueAt(long number) {
        return (long) (number * 1e9 / rate);
    }

    /** Returns the name and the argument as the JSON array of the protocol. */
    String json() {
        return "[\"" + event.replace("\\", "\\\\").replace("\"", "\\\"") + "\"," + data + "]";
    }
}
