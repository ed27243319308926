package io.everwire.protocol.eio4;

import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;

/**
 * The heartbeat of one session: tracks when the next ping, or its pong, is due. In this generation the server pings.
 * Times are those of the session's calls, in milliseconds.
 */
final class Eio4Heartbeat {
    /**
     * The states between two pings. IDLE: the next ping is not due yet. PINGED: a pong is due. EXTENDED: a pong is due,
     * and another packet has extended its time.
     */
    private enum State {
        IDLE,
        PINGED,
        EXTENDED
    }

    /** Later than any time. */
    static final long NEVER = Long.MAX_VALUE;

    private final SessionOptions options;
    private final SessionListener listener;

    /** The time of the next ping; in the other states the time until which the pong must arrive. */
    private long due = NEVER;

    private State state = State.IDLE;

    /** Creates a heartbeat that is due {@link #NEVER} until {@link #receivePong} starts it. */
    Eio4Heartbeat(SessionOptions options, SessionListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /** Records the start of the session, or a pong. An unasked pong delays the next ping, as in the reference. */
    void receivePong(long now) {
        // EXTENDED has lost the time of the ping: keeping it would cost every session eight bytes.
        if (state == State.PINGED) {
            listener.heartbeat(now - (due - options.pingTimeout()));
        }
        restart(now);
    }

    private void restart(long now) {
        state = State.IDLE;
        due = now + options.pingInterval();
    }

    /**
     * Records a packet other than a pong. While a pong is due, the first such packet extends its time (engine.io
     * 6.6.12).
     */
    void receiveOther(long now) {
        if (state == State.PINGED) {
            state = State.EXTENDED;
            due = now + options.pingTimeout();
        }
    }

    /** Records that a ping is sent. */
    void sendPing(long now) {
        state = State.PINGED;
        due = now + options.pingTimeout();
    }

    /**
     * Records a change of the transport. A pong that was due may have been lost with the old one, so it is not awaited
     * any more.
     */
    void receiveUpgrade(long now) {
        if (state != State.IDLE) {
            restart(now);
        }
    }

    /** Returns whether a ping is to be sent now. */
    boolean pingDue(long now) {
        return state == State.IDLE && now >= due;
    }

    /** Returns whether the pong did not arrive in time. */
    boolean pongMissed(long now) {
        return state != State.IDLE && now >= due;
    }

    /** Returns the time of the next check. */
    long next() {
        return due;
    }
}
