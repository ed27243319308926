package io.everwire.cluster;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonCursor;
import io.everwire.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message between the Java servers of a cluster, on a channel of their own, {@code socket.io-everwire#}. Node servers do not subscribe
 * to it. It is JSON.
 */
sealed interface ServerMessage {
    /** Returns the id of the sender. */
    String uid();

    /**
     * A heartbeat. It comes back to its sender, too.
     *
     * @param number the number of heartbeats that the line has taken before
     * @param time the time of the sender, in milliseconds
     * @param intervalMillis the time to the next one
     */
    record Beat(String uid, long number, long time, long intervalMillis, String version, String mode)
            implements ServerMessage {}

    /** Asks all servers for a heartbeat, at once. */
    record Ask(String uid) implements ServerMessage {}

    /** The server leaves. */
    record Bye(String uid) implements ServerMessage {}

    /**
     * Asks for {@link Counts}, now and after changes.
     *
     * @param rooms null stands for all sockets of the namespace
     */
    record Watch(String uid, String namespace, List<@Nullable String> rooms) implements ServerMessage {}

    /** Tells the numbers of sockets in rooms. */
    record Counts(String uid, String namespace, List<Count> counts) implements ServerMessage {}

    /**
     * The number of sockets in a room.
     *
     * @param room null for all sockets of the namespace
     * @param sockets −1 if the server does not have the namespace
     */
    record Count(@Nullable String room, int sockets) {}

    /** The longest name of a version or mode. */
    int LONGEST = 64;

    /** The largest number of rooms in a message. */
    int MAX_ROOMS = 10_000;

    /** The begin of each {@link Beat} that is written. */
    Bytes BEAT = Bytes.utf8("{\"type\":\"beat\"");

    /** Returns whether a message is a {@link Beat}, without reading it. */
    static boolean isBeat(Bytes message) {
        return message.length() > BEAT.length()
                && message.slice(0, BEAT.length()).equals(BEAT);
    }

    /** Writes a message. */
    static Bytes encode(ServerMessage message) {
        JsonWriter out = new JsonWriter(160).begin('{');
        if (message instanceof Beat beat) {
            out.name("type").text("beat").name("uid").text(beat.uid);
            out.name("number").number(beat.number).name("time").number(beat.time);
            out.name("interval").number(beat.intervalMillis);
            out.name("version").text(beat.version).name("mode").text(beat.mode);
        } else if (message instanceof Watch watch) {
            out.name("type").text("watch").name("uid").text(watch.uid);
            out.name("nsp").text(watch.namespace).name("rooms").begin('[');
            watch.rooms.forEach(room -> room(out, room));
            out.end(']');
        } else if (message instanceof Counts counts) {
            out.name("type").text("counts").name("uid").text(counts.uid);
            out.name("nsp").text(counts.namespace).name("counts").begin('[');
            for (Count count : counts.counts) {
                room(out.begin('['), count.room).number(count.sockets).end(']');
            }
            out.end(']');
        } else {
            out.name("type").text(message instanceof Bye ? "bye" : "ask");
            out.name("uid").text(message.uid());
        }
        return out.end('}').done();
    }

    private static JsonWriter room(JsonWriter out, @Nullable String room) {
        return room == null ? out.value(Fields.NULL) : out.text(room);
    }

    /**
     * Reads a message.
     *
     * @return null if its type is unknown
     * @throws ProtocolException if it cannot be read
     */
    static @Nullable ServerMessage decode(Bytes bytes, ClusterOptions options) {
        Fields fields = Fields.of(Content.read(bytes, options).json());
        String uid = shortened(fields.required("uid"));
        return switch (fields.required("type")) {
            case "beat" ->
                new Beat(
                        uid,
                        fields.number("number"),
                        fields.number("time"),
                        fields.number("interval"),
                        shortened(fields.required("version")),
                        shortened(fields.required("mode")));
            case "ask" -> new Ask(uid);
            case "bye" -> new Bye(uid);
            case "watch" -> new Watch(uid, fields.required("nsp"), rooms(fields));
            case "counts" -> new Counts(uid, fields.required("nsp"), counts(fields));
            default -> null;
        };
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static List<@Nullable String> rooms(Fields fields) {
        List<@Nullable String> rooms = new ArrayList<>();
        for (Bytes room : fields.list("rooms", MAX_ROOMS)) {
            rooms.add(Fields.text(room));
        }
        return rooms;
    }

    private static List<Count> counts(Fields fields) {
        List<Count> counts = new ArrayList<>();
        for (Bytes pair : fields.list("counts", MAX_ROOMS)) {
            if (pair.at(0) != '[') {
                throw Fields.malformed("a count without a room");
            }
            JsonCursor cursor = new JsonCursor(pair);
            String room = cursor.begin() ? Fields.text(cursor.skip()) : null;
            String sockets = cursor.another() ? cursor.skip().toString() : "";
            try {
                counts.add(new Count(room, Math.max(-1, Integer.parseInt(sockets))));
            } catch (NumberFormatException e) {
                throw Fields.malformed("a count without a number");
            }
        }
        return counts;
    }
}
