package io.everwire.protocol.gen1;

import io.everwire.protocol.text.Query;
import org.jspecify.annotations.Nullable;

/**
 * What a request target names after the server's path: {@code /1/}, {@code /1/transport/sid} or {@code /1//sid/}, each with
 * or without its last slash.
 *
 * @param version the first segment: one or more digits
 * @param transport the transport's segment, empty if there is none
 * @param sid the session's segment, empty if there is none
 */
record Gen1Target(String version, String transport, String sid) {
    /** {@code io.protocol} of client and server 0.7.0 to 0.9.19. */
    private static final String VERSION = "1";

    /** Reads the part of a target that follows the server's path; null if it does not begin with a number, or goes on too long. */
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
     * The transport by which a target names a session, or null if it names none. Where the server's path ends is not known
     * here; but {@link Gen1#claim} saw that the path ends with the transport's segment and the session's.
     */
    static @Nullable Gen1Transport transport(String target) {
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        int sid = target.lastIndexOf('/', target.charAt(end - 1) == '/' ? end - 2 : end - 1);
        int slash = sid < 1 ? -1 : target.lastIndexOf('/', sid - 1);
        return slash < 0 ? null : Gen1Transport.of(target.substring(slash + 1, sid));
    }

    /** Whether a target asks to end its session: the request that a page sends while it is being left. */
    static boolean disconnects(String target) {
        return Query.value(target, "disconnect") != null;
    }

    /** The value of a parameter that must be a number, or null. */
    static @Nullable String number(String target, String name) {
        String value = Query.value(target, name);
        return value != null && isNumber(value, 0, value.length()) ? value : null;
    }

    boolean isSpoken() {
        return version.equals(VERSION);
    }

    private static int segmentEnd(String target, int from, int end) {
        int slash = target.indexOf('/', from);
        return slash < 0 || slash > end ? end : slash;
    }

    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }
}
