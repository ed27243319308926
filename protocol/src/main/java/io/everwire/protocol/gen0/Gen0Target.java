package io.everwire.protocol.gen0;

import org.jspecify.annotations.Nullable;

/**
 * The part of a request target behind the server's path: {@code /transport}, {@code /transport/sid} or {@code
 * /transport/sid/anything}. Compared as sent: with an empty session segment ({@code //}) a client says that it has no
 * session yet.
 *
 * @param sid the session segment, empty if the target has none
 */
record Gen0Target(Gen0Transport transport, String sid) {
    private static final Gen0Transport[] TRANSPORTS = Gen0Transport.values();
    /** The number fits an int. Pages have a handful of clients. */
    private static final int MAX_INDEX_DIGITS = 9;

    /** Parses {@code target} from its slash at {@code slash} on; returns null if no transport follows it. */
    static @Nullable Gen0Target at(String target, int slash) {
        int end = pathEnd(target);
        int nameEnd = segmentEnd(target, slash + 1, end);
        for (Gen0Transport transport : TRANSPORTS) {
            String name = transport.wireName();
            if (nameEnd - slash - 1 == name.length() && target.startsWith(name, slash + 1)) {
                int from = Math.min(nameEnd + 1, end);
                return new Gen0Target(transport, target.substring(from, segmentEnd(target, from, end)));
            }
        }
        return null;
    }

    /**
     * Returns the transport of a request that opens a session.
     *
     * <p>The end of the server's path is not known here. But no segment of that path is followed by an empty segment or
     * by nothing, as the transport is.
     *
     * @throws IllegalArgumentException if {@link Gen0#claim} would not have opened a session for it
     */
    static Gen0Transport openingTransport(String target) {
        for (int slash = target.indexOf('/'); slash >= 0; slash = target.indexOf('/', slash + 1)) {
            Gen0Target found = at(target, slash);
            if (found != null && found.sid.isEmpty()) {
                return found.transport;
            }
        }
        throw new IllegalArgumentException("the target opens no session: " + target);
    }

    /**
     * Returns the transport that {@code target} names last; null if it names none. This is a guess, because a
     * transport's name may be part of the server's path.
     */
    static @Nullable Gen0Transport lastNamed(String target) {
        for (int slash = target.lastIndexOf('/', pathEnd(target));
                slash >= 0;
                slash = target.lastIndexOf('/', slash - 1)) {
            Gen0Target found = at(target, slash);
            if (found != null) {
                return found.transport;
            }
        }
        return null;
    }

    /**
     * Returns the position of a jsonp-polling client in its page's table: the last segment of the path. One slash
     * behind it is accepted, as in the original.
     *
     * @return 0 to 999,999,999, or −1 if the segment is not one to nine digits and nothing else: it becomes part of a
     *     script
     */
    static int index(String target) {
        int end = pathEnd(target);
        end -= end > 0 && target.charAt(end - 1) == '/' ? 1 : 0;
        int from = target.lastIndexOf('/', end - 1) + 1;
        if (end <= from || end - from > MAX_INDEX_DIGITS) {
            return -1;
        }
        int index = 0;
        for (int i = from; i < end; i++) {
            if (target.charAt(i) < '0' || target.charAt(i) > '9') {
                return -1;
            }
            index = 10 * index + target.charAt(i) - '0';
        }
        return index;
    }

    /** Returns whether {@code target} names this session by this transport: {@code …/xhr-polling/SID…}. */
    static boolean names(String target, Gen0Transport transport, String sid) {
        // A session id is random, so its first occurrence is the session segment.
        int slash = target.indexOf(sid) - 1;
        int from = slash - transport.wireName().length();
        return from > 0
                && target.charAt(slash) == '/'
                && target.startsWith(transport.wireName(), from)
                && target.charAt(from - 1) == '/';
    }

    /** Returns the index behind the path: the query does not count. */
    private static int pathEnd(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target.length() : query;
    }

    /** Returns the index behind the segment that begins at {@code from}. */
    private static int segmentEnd(String target, int from, int pathEnd) {
        int slash = target.indexOf('/', from);
        return slash < 0 || slash > pathEnd ? pathEnd : slash;
    }
}
