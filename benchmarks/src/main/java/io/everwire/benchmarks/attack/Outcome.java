package io.everwire.benchmarks.attack;

import io.everwire.benchmarks.load.Latencies;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The measurements of one attack.
 *
 * @param ends the number of clients for each way in which the server rejected or closed them
 * @param during the state of the server at its worst, after a garbage collection
 * @param after the state of the server when the attack was over
 * @param logged the characters that were logged
 * @param socketsLeft the sockets that stay open without a client
 * @param broken the bounds that were broken; none if the server has passed
 */
record Outcome(
        Shape shape,
        int clients,
        double seconds,
        Map<String, Integer> ends,
        Memory during,
        Memory after,
        long logged,
        Latencies neighbour,
        long socketsLeft,
        List<String> broken) {

    /** Bytes after a garbage collection; −1 if the process could not tell them. */
    record Memory(long heap, long direct) {}

    static final String HEADING = """
            | shape | clients | s | rejected or closed by the server, and open | heap MB, during → after | direct MB, during → after | log KB | neighbour p50 / p99 / max ms | sockets left | verdict |
            |---|---:|---:|---|---:|---:|---:|---:|---:|---|
            """;

    boolean passed() {
        return broken.isEmpty();
    }

    /** Returns one line of the table. */
    String row() {
        String how = ends.entrySet().stream()
                .map(end -> end.getValue() + " " + end.getKey())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %s | %s → %s | %s → %s | %d | %.1f / %.1f / %.1f | %d | %s |",
                shape.label(),
                clients,
                seconds,
                how,
                megabytes(during.heap()),
                megabytes(after.heap()),
                megabytes(during.direct()),
                megabytes(after.direct()),
                logged / 1000,
                neighbour.micros(0.5) / 1000,
                neighbour.micros(0.99) / 1000,
                neighbour.micros(1) / 1000,
                socketsLeft,
                passed() ? "passed" : "BROKEN: " + String.join("; ", broken));
    }

    private static String megabytes(long bytes) {
        return bytes < 0 ? "?" : String.format(Locale.ROOT, "%.1f", bytes / 1e6);
    }
}
