package io.everwire.protocol.eio4;

import io.everwire.protocol.CloseReason;

/**
 * A close of the server that awaits the client's next poll or upgrade, because no connection can carry the close packet.
 *
 * @param reason the reason to report when the session ends
 * @param deadline the time at which the session ends without a poll
 */
record Eio4Closing(CloseReason reason, long deadline) {
    /** In milliseconds (engine.io 6.6, polling.closeTimeout). */
    private static final long TIMEOUT = 30_000;

    /** Returns a close that starts now. */
    static Eio4Closing start(CloseReason reason, long now) {
        return new Eio4Closing(reason, now + TIMEOUT);
    }

    /**
     * Returns whether a client is owed a close packet, even if it must be awaited: not if the client violated the
     * protocol or left, nor if the server shuts down.
     */
    static boolean isOwed(CloseReason reason) {
        return switch (reason) {
            case FORCED_CLOSE, FORCED_SERVER_CLOSE, SERVER_NAMESPACE_DISCONNECT, CLIENT_NAMESPACE_DISCONNECT -> true;
            case TRANSPORT_CLOSE,
                    TRANSPORT_ERROR,
                    QUEUE_OVERFLOW,
                    EVICTED,
                    PING_TIMEOUT,
                    PARSE_ERROR,
                    SERVER_SHUTTING_DOWN -> false;
        };
    }
}
