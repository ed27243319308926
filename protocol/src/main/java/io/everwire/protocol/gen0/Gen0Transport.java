package io.everwire.protocol.gen0;

import io.everwire.protocol.TransportOptions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ways a client can be reached, with their times in milliseconds as servers 0.6.0 to 0.6.18 had them by default. A
 * session keeps the transport it was opened with.
 */
enum Gen0Transport {
    /** Heartbeats, because nothing else tells that the peer is gone; the client gives up after 15 s of silence. */
    WEBSOCKET("websocket", true, 0, 10_000, 8_000, 0),
    /** A WebSocket that a Flash movie opens: to the room the same, with settings of its own. */
    FLASHSOCKET("flashsocket", true, 0, 10_000, 8_000, 0),
    /** An endless page of scripts, for the Internet Explorer of 2010. */
    HTMLFILE("htmlfile", false, 0, 10_000, 8_000, 0),
    /** An endless answer of many parts, for the Firefox of 2010. */
    XHR_MULTIPART("xhr-multipart", false, 0, 10_000, 8_000, 0),
    /** No heartbeats: an idle poll is answered empty, and the client gives up after 25 s without an answer. */
    XHR_POLLING("xhr-polling", false, 8_000, 0, 0, 20_000),
    /** Polls that are scripts, and POSTs that are forms: for other origins, before there was CORS. */
    JSONP_POLLING("jsonp-polling", false, 8_000, 0, 0, 20_000),
    /**
     * An endless answer for {@code EventSource}. The README of 0.6.0 lists the name, no 0.6 had the code: the times are
     * those of the other endless answers.
     */
    SERVER_EVENTS("server-events", false, 0, 10_000, 8_000, 0);

    static final Set<String> NAMES =
            Stream.of(values()).map(Gen0Transport::wireName).collect(Collectors.toUnmodifiableSet());

    private final String wireName;
    private final boolean line;
    private final long closeTimeout;
    private final long heartbeatInterval;
    private final long heartbeatTimeout;
    private final long pollDuration;

    Gen0Transport(
            String wireName,
            boolean line,
            long closeTimeout,
            long heartbeatInterval,
            long heartbeatTimeout,
            long pollDuration) {
        this.wireName = wireName;
        this.line = line;
        this.closeTimeout = closeTimeout;
        this.heartbeatInterval = heartbeatInterval;
        this.heartbeatTimeout = heartbeatTimeout;
        this.pollDuration = pollDuration;
    }

    /** As it stands in URLs and options. */
    String wireName() {
        return wireName;
    }

    /** Whether it is a WebSocket; all others are HTTP requests. */
    boolean isLine() {
        return line;
    }

    long closeTimeout(TransportOptions options) {
        return options.closeTimeout().orElse(closeTimeout);
    }

    long heartbeatInterval(TransportOptions options) {
        return options.heartbeatInterval().orElse(heartbeatInterval);
    }

    /** 0 for no heartbeats. */
    long heartbeatTimeout(TransportOptions options) {
        return options.heartbeatTimeout().orElse(heartbeatTimeout);
    }

    long pollDuration(TransportOptions options) {
        return options.pollDuration().orElse(pollDuration);
    }
}
