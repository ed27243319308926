package io.everwire.benchmarks;

import io.everwire.benchmarks.load.Latencies;

/**
 * One round with one server.
 *
 * @param units the number of messages, deliveries or connections
 * @param cpuMicros the CPU time that they cost the server
 * @param seconds the length of the round
 * @param foreign the share of one CPU that other processes took
 */
record Sample(long units, double cpuMicros, double seconds, double foreign, Latencies latencies) {
    /** Returns the CPU time of the server for one unit, in microseconds. */
    double cost() {
        return cpuMicros / units;
    }

    double perSecond() {
        return units / seconds;
    }
}
