package io.everwire.benchmarks.chaos;

import io.everwire.benchmarks.chaos.Listener.Arrival;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The numbered events of one server as one client received them.
 *
 * @param sent the number of events that the server sent
 * @param lost the events that did not arrive
 * @param repeated the events that arrived again
 * @param reordered the events that arrived after a later one
 * @param holeMillis the longest time between two arrivals
 * @param latestMillis the longest time between sending and arrival
 * @param middleMillis the middle of these times
 */
record Flow(
        long sent, long lost, long repeated, long reordered, long holeMillis, long latestMillis, double middleMillis) {
    private static final double MILLION = 1e6;

    /** @param until the number of the first event that does not count */
    static Flow of(Listener listener, String sender, long from, long until) {
        List<Arrival> arrivals = listener.of(sender).stream()
                .filter(arrival -> arrival.number() >= from && arrival.number() < until)
                .toList();
        Set<Long> seen = new HashSet<>();
        long repeated = 0;
        long reordered = 0;
        long last = -1;
        long hole = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            Arrival arrival = arrivals.get(i);
            repeated += seen.add(arrival.number()) ? 0 : 1;
            reordered += arrival.number() < last ? 1 : 0;
            last = Math.max(last, arrival.number());
            hole = i == 0
                    ? 0
                    : Math.max(hole, arrival.nanos() - arrivals.get(i - 1).nanos());
        }
        double[] delays = arrivals.stream()
                .mapToDouble(arrival -> (arrival.micros() - arrival.sentMicros()) / 1e3)
                .sorted()
                .toArray();
        return new Flow(
                until - from,
                until - from - seen.size(),
                repeated,
                reordered,
                Math.round(hole / MILLION),
                delays.length == 0 ? 0 : Math.round(delays[delays.length - 1]),
                delays.length == 0 ? 0 : delays[delays.length / 2]);
    }

    /** Returns the losses, and faults of the order if there are any. */
    String losses() {
        String text = lost + " of " + sent;
        return text
                + (repeated > 0 ? ", " + repeated + " twice" : "")
                + (reordered > 0 ? ", " + reordered + " out of order" : "");
    }

    /** Returns whether all arrived once, in order. */
    boolean isWhole() {
        return lost == 0 && repeated == 0 && reordered == 0;
    }
}
