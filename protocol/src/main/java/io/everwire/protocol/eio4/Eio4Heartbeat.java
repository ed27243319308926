package io.everwire.protocol.eio4;

import io.everwire.protocol.SessionOptions;

/** When the next ping is due, or its pong. In this generation the server pings. Times are those of the session's calls. */
final class Eio4Heartbeat {
    /** Later than any time. */
    static final long NEVER = Long.MAX_VALUE;

    private final SessionOptions options;

    /** When the next ping is due, or the pong if one is. */
    private long due = NEVER;

    private boolean pinged;
    private boolean extended;

    Eio4Heartbeat(SessionOptions options) {
        this.options = options;
    }

    /** The session begins, or a pong came. An unasked pong does no harm: it puts the next ping off, as in the reference. */
    void receivePong(long now) {
        pinged = false;
        due = now + options.pingInterval();
    }

    /** Anything but a pong came: while a pong is due that gives it more time, but once (engine.io 6.6.12). */
    void receiveOther(long now) {
        if (pinged && !extended) {
            due = now + options.pingTimeout();
            extended = true;
        }
    }

    /** A ping is being sent. */
    void sendPing(long now) {
        pinged = true;
        due = now + options.pingTimeout();
        extended = false;
    }

    /** The transport changed: a pong that was due may have been lost with the old one, and is forgiven. */
    void receiveUpgrade(long now) {
        if (pinged) {
            receivePong(now);
        }
    }

    boolean pingDue(long now) {
        return !pinged && now >= due;
    }

    boolean pongMissed(long now) {
        return pinged && now >= due;
    }

    /** When to look again. */
    long next() {
        return due;
    }
}
