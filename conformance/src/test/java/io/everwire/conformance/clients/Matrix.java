package io.everwire.conformance.clients;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The official clients and transports that worked in this run. */
final class Matrix {
    private static final Map<Row, Set<String>> SEEN = new TreeMap<>();

    private Matrix() {}

    /**
     * One line of the table.
     *
     * @param client the version in the client itself
     * @param runtime {@code Node}, {@code Chromium} or {@code JVM}
     */
    record Row(String generation, String client, String runtime) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            return key().compareTo(other.key());
        }

        /** Compares versions number by number. */
        private String key() {
            String padded = java.util.Arrays.stream(client.split("\\."))
                    .map(part -> "%4s".formatted(part))
                    .collect(Collectors.joining("."));
            return generation + " " + padded + " " + runtime;
        }
    }

    /** Records a transport that worked. Called at the end of a test that passed. */
    static synchronized void works(String generation, String client, String runtime, String transport) {
        SEEN.computeIfAbsent(new Row(generation, client, runtime), row -> new TreeSet<>())
                .add(transport);
    }

    /** Returns the lines of the table in the form of the document. */
    static synchronized Set<String> lines() {
        Set<String> lines = new LinkedHashSet<>();
        SEEN.forEach((row, transports) -> lines.add("| `" + row.generation() + "` | " + row.client() + " | "
                + row.runtime() + " | " + String.join(", ", transports) + " |"));
        return lines;
    }
}
