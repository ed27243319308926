package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.WebSocketLine;
import org.jspecify.annotations.Nullable;

/**
 * The upgrade of one session from polling to a WebSocket, while the session still polls (engine.io 6.6, {@code
 * _maybeUpgrade}).
 *
 * <pre>{@code
 *   client   2probe          on the WebSocket
 *   server   3probe          on the WebSocket; then 6 to a pending poll, every 100 ms
 *   client                   ends its last poll, and sends no other
 *   client   5               on the WebSocket, which carries the session from now on
 * }</pre>
 */
final class Eio3Upgrade {
    private static final Bytes PROBE = Bytes.utf8("2probe");
    private static final Bytes PROBE_ANSWER = Bytes.utf8("3probe");

    /** The time between two releases of a pending poll, in milliseconds. */
    private static final long NOOP_INTERVAL = 100;

    private static final long NEVER = Long.MAX_VALUE;

    private final WebSocketLine line;
    private final long deadline;
    private long noopAt = NEVER;

    /** The effect of a message on the WebSocket. */
    enum Step {
        /** The probe was answered: the client sends {@code 5} next. */
        PROBED,
        /** The client has stopped polling. */
        COMPLETE,
        /** The client sent anything else: the WebSocket is to be closed, and the session continues by polling. */
        FAILED
    }

    /** @param deadline the time until which the upgrade must be complete */
    Eio3Upgrade(WebSocketLine line, long deadline) {
        this.line = line;
        this.deadline = deadline;
    }

    /** Returns the WebSocket that may take over. */
    WebSocketLine line() {
        return line;
    }

    /** Returns whether the upgrade, which may be null, is to this WebSocket. */
    static boolean isOn(@Nullable Eio3Upgrade upgrade, WebSocketLine line) {
        return upgrade != null && upgrade.line.equals(line);
    }

    /** Closes the WebSocket: the session continues by polling. */
    void close() {
        line.close(WebSocketLine.NO_STATUS);
    }

    /** Reads a message of the WebSocket, and answers a probe. */
    Step receive(Bytes message, long now) {
        if (message.equals(PROBE)) {
            line.text(PROBE_ANSWER);
            noopAt = now + NOOP_INTERVAL;
            return Step.PROBED;
        }
        return !message.isEmpty() && message.at(0) == '5' ? Step.COMPLETE : Step.FAILED;
    }

    /** Returns whether the upgrade took too long. */
    boolean isOverdue(long now) {
        return now >= deadline;
    }

    /**
     * Returns whether a pending poll must be released now, and schedules the next release. It is repeated, because the
     * client may poll once more before it notices that the upgrade began.
     */
    boolean releasesPoll(long now) {
        if (now < noopAt) {
            return false;
        }
        noopAt = now + NOOP_INTERVAL;
        return true;
    }

    /** Returns the time of the next check. */
    long next() {
        return Math.min(deadline, noopAt);
    }
}
