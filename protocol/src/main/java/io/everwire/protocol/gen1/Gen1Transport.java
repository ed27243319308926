package io.everwire.protocol.gen1;

import io.everwire.protocol.TransportOptions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The transports in the order in which a handshake offers them.
 *
 * <p>Their default times are those of server 0.9.19 in milliseconds: "close timeout" 60 s, "heartbeat interval" 25 s,
 * "heartbeat timeout" 60 s, "polling duration" 20 s.
 */
enum Gen1Transport {
    WEBSOCKET("websocket", Kind.LINE),
    HTMLFILE("htmlfile", Kind.STREAM),
    XHR_POLLING("xhr-polling", Kind.POLL),
    JSONP_POLLING("jsonp-polling", Kind.POLL),
    /** A WebSocket opened by Flash. Offered only if it is listed, as in the original: it needs a policy server. */
    FLASHSOCKET("flashsocket", Kind.LINE);

    static final Set<String> NAMES =
            Stream.of(values()).map(Gen1Transport::wireName).collect(Collectors.toUnmodifiableSet());

    /** Kept, because {@code values()} makes a copy on every call. */
    private static final Gen1Transport[] ALL = values();

    /** The kinds of transports: a WebSocket, a response without end, or a response for each payload. */
    private enum Kind {
        LINE,
        STREAM,
        POLL
    }

    private final String wireName;
    private final Kind kind;

    Gen1Transport(String wireName, Kind kind) {
        this.wireName = wireName;
        this.kind = kind;
    }

    /** Returns the transport of this name, or null. */
    static @Nullable Gen1Transport of(String wireName) {
        for (Gen1Transport transport : ALL) {
            if (transport.wireName.equals(wireName)) {
                return transport;
            }
        }
        return null;
    }

    /** Returns its name in URLs and options. */
    String wireName() {
        return wireName;
    }

    /** Returns whether it is a WebSocket; all others are HTTP requests. */
    boolean isLine() {
        return kind == Kind.LINE;
    }

    /** Returns whether it is a response without end. */
    boolean isStream() {
        return kind == Kind.STREAM;
    }

    /**
     * Returns the time in which a client may reconnect. By default only polls have one: server 0.9.19 ends the session
     * of a closed WebSocket or page.
     */
    long closeTimeout(TransportOptions options) {
        return options.closeTimeout().orElse(kind == Kind.POLL ? 60_000 : 0);
    }

    /** Returns the time between the answer to a heartbeat and the next one. */
    long heartbeatInterval(TransportOptions options) {
        return options.heartbeatInterval().orElse(25_000);
    }

    /** Returns the time in which a heartbeat must be answered; 0 for polls, which have no heartbeats. */
    long heartbeatTimeout(TransportOptions options) {
        return kind == Kind.POLL ? 0 : options.heartbeatTimeout().orElse(60_000);
    }

    /** Returns the time after which an idle poll is answered with {@code 8::}. */
    long pollDuration(TransportOptions options) {
        return options.pollDuration().orElse(20_000);
    }
}
