package io.everwire.conformance.cluster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The calls that reached the other server in the tests of this run: the cells of {@code docs/cluster-matrix.md}. */
final class ClusterMatrix {
    /** The text of a cell after a test that passed. */
    static final String WORKS = "✓";

    /** The text of a cell for a call that one of the servers does not have in this mode. */
    static final String ABSENT = "–";

    private static final Map<Direction, Map<Feature, Map<Pair, String>>> SEEN = new EnumMap<>(Direction.class);

    private ClusterMatrix() {}

    /** The direction of a call. */
    enum Direction {
        TO_NODE("From Java to Node"),
        TO_JAVA("From Node to Java");

        private final String heading;

        Direction(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    /** Two servers and the mode of both. */
    enum Pair {
        CLASSIC("classic"),
        CLASSIC_EXACT("classic, exact"),
        SHARDED_STATIC("static"),
        SHARDED_DYNAMIC("dynamic"),
        SHARDED_DYNAMIC_PRIVATE("dynamic-private"),
        OLD("classic, 2.5"),
        OLD_EXACT("classic, exact, 2.5");

        private final String label;

        Pair(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** A call, or a kind of data. */
    enum Feature {
        EVERYBODY("event to all clients"),
        MESSAGE("message to all clients"),
        OF_CLIENTS("message of a client of each version, sent on by its server"),
        VALUES("text, numbers up to 2^53, fractions, null, nested and empty values"),
        BINARY("binary data, one attachment"),
        BINARY_10("binary data, ten attachments, the most that clients accept"),
        LARGE("an argument of 1 MB"),
        ROOM("a room"),
        TWO_ROOMS("two rooms, each client once"),
        ID("the room of a socket's id"),
        NUMBER("a room whose name is a number on Node"),
        EXCEPT("`except`"),
        VOLATILE("`volatile`"),
        NAMESPACE("another namespace"),
        ACKS("acks of all clients, with their count"),
        BINARY_ACKS("acks with binary data"),
        FETCH("`fetchSockets`: id, rooms, data, handshake"),
        COUNT("`countSockets` of a room"),
        IDS("`clients`: the ids of sockets"),
        JOIN("`socketsJoin`"),
        LEAVE("`socketsLeave`"),
        DISCONNECT("`disconnectSockets`"),
        SERVER_EMIT("`serverSideEmit`"),
        SERVER_CALL("`serverSideEmit` with answers"),
        SERVER_COUNT("`serverCount`"),
        ALL_ROOMS("`allRooms`"),
        EMITTER_51("`@socket.io/redis-emitter` 5.1: events, join, leave, disconnect, `serverSideEmit`"),
        EMITTER_32("`socket.io-emitter` 3.2: events"),
        EMITTER_20("`socket.io-emitter` 2.0: events"),
        JAVA_EMITTER("`RedisEmitter`: events, join, leave, disconnect, `serverSideEmit`");

        private final String label;

        Feature(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** Records calls that worked. Called at the end of a test that passed. */
    static void works(Pair pair, Direction direction, Feature... features) {
        for (Feature feature : features) {
            cell(pair, direction, feature, WORKS);
        }
    }

    /** Records the result of a call that differs from {@link #WORKS}. */
    static synchronized void cell(Pair pair, Direction direction, Feature feature, String text) {
        SEEN.computeIfAbsent(direction, added -> new EnumMap<>(Feature.class))
                .computeIfAbsent(feature, added -> new EnumMap<>(Pair.class))
                .put(pair, text);
    }

    /** Returns whether each pair took part. */
    static synchronized boolean isComplete() {
        return List.of(Pair.values()).stream()
                .allMatch(pair -> SEEN.values().stream()
                        .flatMap(rows -> rows.values().stream())
                        .anyMatch(row -> row.containsKey(pair)));
    }

    /** Returns the table of one direction in the form of the document. */
    static synchronized List<String> table(Direction direction) {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder("| |");
        for (Pair pair : Pair.values()) {
            head.append(' ').append(pair.label()).append(" |");
        }
        lines.add(head.toString());
        lines.add("|---|" + "---|".repeat(Pair.values().length));
        SEEN.getOrDefault(direction, Map.of()).forEach((feature, row) -> {
            StringBuilder line = new StringBuilder("| ").append(feature.label()).append(" |");
            for (Pair pair : Pair.values()) {
                line.append(' ').append(row.getOrDefault(pair, ABSENT)).append(" |");
            }
            lines.add(line.toString());
        });
        return lines;
    }
}
