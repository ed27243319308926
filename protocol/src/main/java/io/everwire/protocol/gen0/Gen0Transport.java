package io.everwire.protocol.gen0;

import io.everwire.protocol.TransportOptions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The transports, with their times in milliseconds as servers 0.6.0 to 0.6.18 had them by default. A session keeps the
 * transport that it was opened with.
 */
enum Gen0Transport {
    /** Has heartbeats, because nothing else shows that the peer has disconnected. The client closes after 15 s of silence. */
    WEBSOCKET("websocket", true, 0, 10_000, 8_000, 0),
    /** A WebSocket that a Flash movie opens. On the wire it is the same; its settings are separate. */
    FLASHSOCKET("flashsocket", true, 0, 10_000, 8_000, 0),
    /** A page of scripts without end, for the Internet Explorer of 2010. */
    HTMLFILE("htmlfile", false, 0, 10_000, 8_000, 0),
    /** A response of many parts without end, for the Firefox of 2010. */
    XHR_MULTIPART("xhr-multipart", false, 0, 10_000, 8_000, 0),
    /**
     * Has no heartbeats: an idle poll is answered empty after 20 s. The client closes after 25 s without a response.
     */
    XHR_POLLING("xhr-polling", false, 8_000, 0, 0, 20_000),
    /** Polls are scripts and POSTs are forms: for other origins, before CORS existed. */
    JSONP_POLLING("jsonp-polling", false, 8_000, 0, 0, 20_000),
    /**
     * A response without end for {@code EventSource}. The README of 0.6.0 lists the name, but no 0.6 had the code; the
     * times are those of the other streams.
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

    /**
     * Times in milliseconds; 0 stands for "none".
     *
     * @param line whether it is a WebSocket
     * @param closeTimeout the time in which the client may reconnect
     */
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

    /** Returns its name in URLs and options. */
    String wireName() {
        return wireName;
    }

    /** Returns whether it is a WebSocket; all others are HTTP requests. */
    boolean isLine() {
        return line;
    }

    /** Returns the time that a session without a connection waits for the client; 0 ends it at once. */
    long closeTimeout(TransportOptions options) {
        return options.closeTimeout().orElse(closeTimeout);
    }

    /** Returns the time between the answer to a heartbeat and the next one. */
    long heartbeatInterval(TransportOptions options) {
        return options.heartbeatInterval().orElse(heartbeatInterval);
    }

    /** Returns the time in which a heartbeat must be answered; 0 stands for no heartbeats. */
    long heartbeatTimeout(TransportOptions options) {
        return options.heartbeatTimeout().orElse(heartbeatTimeout);
    }

    /** Returns the time after which an idle poll is answered empty. */
    long pollDuration(TransportOptions options) {
        return options.pollDuration().orElse(pollDuration);
    }
}
