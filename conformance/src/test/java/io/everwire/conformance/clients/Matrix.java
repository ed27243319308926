package io.everwire.conformance.clients;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which official client was seen to work over which transport, in this run. */
final class Matrix {
    private static final Map<Row, Set<String>> SEEN = new TreeMap<>();

    private Matrix() {}

    /**
     * One line of the table.
     *
     * @param client the client's own version
     * @param runtime where it ran: {@code Node} or {@code Chromium}
     */
    record Row(String generation, String client, String runtime) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            return key().compareTo(other.key());
        }

        /** Versions are compared number by number. */
        private String key() {
            String padded = java.util.Arrays.stream(client.split("\\."))
                    .map(part -> "%4s".formatted(part))
                    .collect(Collectors.joining("."));
            return generation + " " + padded + " " + runtime;
        }
    }

    /** Says, at the end of a test that passed, what was seen to work. */
    static synchronized void works(String generation, String client, String runtime, String transport) {
        SEEN.computeIfAbsent(new Row(generation, client, runtime), row -> new TreeSet<>())
                .add(transport);
    }

    /** The lines of the table, as they stand in the document. */
    static synchronized Set<String> lines() {
        Set<String> lines = new LinkedHashSet<>();
        SEEN.forEach((row, transports) -> lines.add("| `" + row.generation() + "` | " + row.client() + " | "
                + row.runtime() + " | " + String.join(", ", transports) + " |"));
        return lines;
    }
}
