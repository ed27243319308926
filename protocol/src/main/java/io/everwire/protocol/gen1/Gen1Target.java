package io.everwire.protocol.gen1;

import io.everwire.protocol.text.Query;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request target behind the server's path: {@code /1/}, {@code /1/transport/sid} or {@code /1//sid/},
 * each with or without its last slash.
 *
 * @param version the first segment: one or more digits
 * @param transport the transport's segment, empty if it is missing
 * @param sid the session's segment, empty if it is missing
 */
record Gen1Target(String version, String transport, String sid) {
    /** The value of {@code io.protocol} in clients and servers 0.7.0 to 0.9.19. */
    private static final String VERSION = "1";

    /**
     * Parses the part of a target behind the server's path.
     *
     * @return null if it does not begin with a number, or has more segments than three
     */
    static @Nullable Gen1Target of(String rest) {
        int query = rest.indexOf('?');
        int end = query < 0 ? rest.length() : query;
        int versionEnd = segmentEnd(rest, 1, end);
        if (!isNumber(rest, 1, versionEnd)) {
            return null;
        }
        int transport = Math.min(versionEnd + 1, end);
        int transportEnd = segmentEnd(rest, transport, end);
        int sid = Math.min(transportEnd + 1, end);
        int sidEnd = segmentEnd(rest, sid, end);
        if (sidEnd + 1 < end) {
            return null;
        }
        return new Gen1Target(
                rest.substring(1, versionEnd), rest.substring(transport, transportEnd), rest.substring(sid, sidEnd));
    }

    /**
     * Returns the transport by which a target names a session, or null if it names none.
     *
     * <p>The end of the server's path is not known here. But {@link Gen1#claim} has checked that the path ends with the
     * transport's segment and the session's.
     */
    static @Nullable Gen1Transport transport(String target) {
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        int sid = target.lastIndexOf('/', target.charAt(end - 1) == '/' ? end - 2 : end - 1);
        int slash = sid < 1 ? -1 : target.lastIndexOf('/', sid - 1);
        return slash < 0 ? null : Gen1Transport.of(target.substring(slash + 1, sid));
    }

    /** Returns whether a target asks to end its session: the request that a page sends while the user leaves it. */
    static boolean disconnects(String target) {
        return Query.value(target, "disconnect") != null;
    }

    /**
     * Returns the value of a query parameter if it consists of digits; otherwise null, because it becomes part of a
     * script.
     */
    static @Nullable String number(String target, String name) {
        String value = Query.value(target, name);
        return value != null && isNumber(value, 0, value.length()) ? value : null;
    }

    /** Returns the function that a handshake by script calls, {@code io.j[0]}; null for a plain handshake. */
    static @Nullable String callback(String target) {
        String index = number(target, "jsonp");
        return index == null ? null : "io.j[" + index + "]";
    }

    /** Returns whether the version is the one that is served. */
    boolean isSpoken() {
        return version.equals(VERSION);
    }

    /** Returns the index behind the segment that begins at {@code from}. */
    private static int segmentEnd(String target, int from, int end) {
        int slash = target.indexOf('/', from);
        return slash < 0 || slash > end ? end : slash;
    }

    /** Returns whether the range is not empty and consists of digits. */
    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }
}
