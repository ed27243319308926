package io.everwire.testkit.host;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A feature that not every host can have, because a container stands between it and the connection. A test of the
 * contract that {@linkplain Needed needs} a missing feature is skipped with the reason of the host; others check less
 * without it.
 */
public enum HostFeature {
    /** WebSockets of the drafts 75 and 76. */
    DRAFTS("WebSockets of the drafts 75 and 76"),

    /** The versions 7 and 8 of WebSocket, beside 13. */
    OLD_WEBSOCKETS("WebSockets of the versions 7 and 8"),

    /** A session is notified at once that the peer of a waiting request or of a silent stream disconnected. */
    NOTICES_DISCONNECT("notice of a peer that left a waiting request"),

    /** A connection closes without a byte. Without it: status 400, an empty body, and the connection closes. */
    SILENT_DROP("closing a connection without a byte"),

    /** The host decides when it sends {@code 100 Continue}. */
    CONTINUE("control of 100 Continue"),

    /** The host limits the time for the head of a request. */
    HEAD_TIMEOUT("a time limit for heads"),

    /** The host owns the port: it closes it in order, and opens it again. */
    PORT("an own port"),

    /** Every target reaches the session exactly as sent. Without it: one without double slashes and invalid escapes. */
    RAW_TARGET("targets exactly as sent"),

    /** The host reads the rest of a request before it closes, so that the client is never reset. */
    NO_RESET("closing without a reset"),

    /** The host reads on after it has rejected a body that grew too large. Without it, the connection may be reset. */
    READS_ON("reading on after a body that grew too large"),

    /** A WebSocket closes without a status. Without it, the code is 1000. */
    CLOSE_WITHOUT_STATUS("closing a WebSocket without a status"),

    /** Each violation of the WebSocket protocol closes with the code that Everwire chooses. */
    CLOSE_CODES("close codes of Everwire"),

    /** The number of fragments of a message is limited. */
    FRAGMENT_LIMIT("a limit for fragments"),

    /** Pings of a peer that does not read are not answered. */
    PING_LIMIT("a limit for answers to pings"),

    /** WebSocket messages are compressed, by the options of the server. */
    WEBSOCKET_COMPRESSION("compression of WebSocket messages");

    private final String text;

    HostFeature(String text) {
        this.text = text;
    }

    /** Returns a few words for tables and messages. */
    @Override
    public String toString() {
        return text;
    }

    /** Marks a test of the contract that needs a feature. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Needed {
        /** The feature. */
        HostFeature value();
    }
}
