package io.everwire.protocol.gen1;

import io.everwire.protocol.TransportOptions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ways a client can be reached, with their times in milliseconds as server 0.9.19 has them by default ("close timeout"
 * 60, "heartbeat interval" 25, "heartbeat timeout" 60, "polling duration" 20). In the order in which it offers them.
 */
enum Gen1Transport {
    WEBSOCKET("websocket", Kind.LINE),
    HTMLFILE("htmlfile", Kind.STREAM),
    XHR_POLLING("xhr-polling", Kind.POLL),
    JSONP_POLLING("jsonp-polling", Kind.POLL),
    /** A WebSocket opened by Flash. Only offered where it was asked for, as in the original: it needs a policy server. */
    FLASHSOCKET("flashsocket", Kind.LINE);

    static final Set<String> NAMES =
            Stream.of(values()).map(Gen1Transport::wireName).collect(Collectors.toUnmodifiableSet());

    private static final Gen1Transport[] ALL = values();

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

    /** The transport of this name, or null. */
    static @Nullable Gen1Transport of(String wireName) {
        for (Gen1Transport transport : ALL) {
            if (transport.wireName.equals(wireName)) {
                return transport;
            }
        }
        return null;
    }

    /** As it stands in URLs and options. */
    String wireName() {
        return wireName;
    }

    /** Whether it is a WebSocket; all others are HTTP requests. */
    boolean isLine() {
        return kind == Kind.LINE;
    }

    /** Whether it is an answer that never ends. */
    boolean isStream() {
        return kind == Kind.STREAM;
    }

    /** How long the client may stay away. None but a poll comes back: server 0.9.19 ends the session of a closed socket. */
    long closeTimeout(TransportOptions options) {
        return options.closeTimeout().orElse(kind == Kind.POLL ? 60_000 : 0);
    }

    long heartbeatInterval(TransportOptions options) {
        return options.heartbeatInterval().orElse(25_000);
    }

    /** 0 for no heartbeats, as on all polls. */
    long heartbeatTimeout(TransportOptions options) {
        return kind == Kind.POLL ? 0 : options.heartbeatTimeout().orElse(60_000);
    }

    long pollDuration(TransportOptions options) {
        return options.pollDuration().orElse(20_000);
    }
}
