package io.everwire.benchmarks.generator;

import io.everwire.benchmarks.load.Latencies;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The counts and times of a load. On the event loop of the load until it is over. */
final class LoadResult {
    /** The times from the beginning of a connection until its namespace is joined. */
    final Latencies connecting = new Latencies();

    /** The times from the moment at which an event was due until its ack. */
    final Latencies acks = new Latencies();

    /** The clients that failed before they had joined, by reason. */
    final Map<String, Integer> failed = new TreeMap<>();

    /** The clients that were disconnected later, by reason. */
    final Map<String, Integer> disconnected = new TreeMap<>();

    long connectNanos;
    long sendNanos;
    long sent;

    /** The events that were due while the connection of their client was full, or had ended. */
    long omitted;

    /** Returns whether all clients stayed connected and all events were acked. */
    boolean clean() {
        return failed.isEmpty() && disconnected.isEmpty() && omitted == 0 && acks.count() == sent;
    }

    /** Returns the result in lines for people. */
    String describe() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, "connected: %,d clients in %s%n", connecting.count(), time(connectNanos / 1e3)));
        text.append(row("time to connect", connecting));
        failed.forEach((reason, count) -> text.append(String.format(Locale.ROOT, "failed: %,d: %s%n", count, reason)));
        text.append(String.format(
                Locale.ROOT,
                "events: %,d sent in %s, %,d acked, %,d without an ack, %,d not sent%n",
                sent,
                time(sendNanos / 1e3),
                acks.count(),
                sent - acks.count(),
                omitted));
        text.append(row("time to ack", acks));
        disconnected.forEach(
                (reason, count) -> text.append(String.format(Locale.ROOT, "disconnected: %,d: %s%n", count, reason)));
        return text.toString();
    }

    private static String row(String name, Latencies times) {
        if (times.count() == 0) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "%s: p50 %s, p90 %s, p99 %s, p99.9 %s, max %s%n",
                name,
                time(times.micros(0.5)),
                time(times.micros(0.9)),
                time(times.micros(0.99)),
                time(times.micros(0.999)),
                time(times.micros(1)));
    }

    private static String time(double micros) {
        Duration duration = Duration.ofNanos((long) (micros * 1e3));
        if (duration.toMillis() >= 10_000) {
            return String.format(Locale.ROOT, "%.1f s", micros / 1e6);
        }
        return String.format(Locale.ROOT, micros < 100_000 ? "%.2f ms" : "%.0f ms", micros / 1e3);
    }
}
