package io.everwire.benchmarks;

import io.everwire.benchmarks.load.Latencies;

/**
 * One round with one server.
 *
 * @param units how many messages, deliveries or connections
 * @param cpuMicros what they cost the server
 * @param seconds how long it took
 * @param foreign the share of one CPU that others took meanwhile
 */
record Sample(long units, double cpuMicros, double seconds, double foreign, Latencies latencies) {
    /** Server CPU for one unit, in microseconds. */
    double cost() {
        return cpuMicros / units;
    }

    double perSecond() {
        return units / seconds;
    }
}
