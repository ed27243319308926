package io.everwire.protocol.eio4;

import io.everwire.protocol.SessionOptions;

/** When the next ping is due, or its pong. In this generation the server pings. Times are those of the session's calls. */
final class Eio4Heartbeat {
    /** Later than any time. */
    static final long NEVER = Long.MAX_VALUE;

    private final long interval;
    private final long timeout;
    private long pingAt = NEVER;
    private long pongBy = NEVER;
    private boolean extended;

    Eio4Heartbeat(SessionOptions options) {
        this.interval = options.pingInterval();
        this.timeout = options.pingTimeout();
    }

    /** The session begins, or a pong came. An unasked pong does no harm: it puts the next ping off, as in the reference. */
    void receivePong(long now) {
        pongBy = NEVER;
        pingAt = now + interval;
    }

    /** Anything but a pong came: while a pong is due that gives it more time, but once (engine.io 6.6.12). */
    void receiveOther(long now) {
        if (pongBy != NEVER && !extended) {
            pongBy = now + timeout;
            extended = true;
        }
    }

    /** A ping is being sent. */
    void sendPing(long now) {
        pingAt = NEVER;
        pongBy = now + timeout;
        extended = false;
    }

    /** The transport changed: a pong that was due may have been lost with the old one, and is forgiven. */
    void receiveUpgrade(long now) {
        if (pongBy != NEVER) {
            receivePong(now);
        }
    }

    boolean pingDue(long now) {
        return now >= pingAt;
    }

    boolean pongMissed(long now) {
        return now >= pongBy;
    }

    /** When to look again. */
    long next() {
        return Math.min(pingAt, pongBy);
    }
}
