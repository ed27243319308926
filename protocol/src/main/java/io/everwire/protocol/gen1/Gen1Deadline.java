package io.everwire.protocol.gen1;

import io.everwire.protocol.SessionListener;

/** The time at which the present state of a session, or its connection, times out. A session has one at a time. */
final class Gen1Deadline {
    /** Later than any time. */
    static final long NEVER = Long.MAX_VALUE;

    private final SessionListener listener;
    private long time = NEVER;
    /** The earliest tick asked for that did not arrive yet; at or before the deadline. */
    private long wakeAt = NEVER;

    Gen1Deadline(SessionListener listener) {
        this.listener = listener;
    }

    /** Sets the deadline. Asks for a tick only if none is due before, so that a poll costs no timer. */
    void set(long time) {
        this.time = time;
        if (time < wakeAt) {
            wakeAt = time;
            listener.wakeAt(time);
        }
    }

    /** Returns the deadline. */
    long time() {
        return time;
    }

    /** Removes the deadline. A tick asked for before may still arrive. */
    void clear() {
        time = NEVER;
    }

    /** Receives a tick. Returns whether the deadline has passed, and removes it then. */
    boolean tick(long now) {
        wakeAt = NEVER;
        if (now < time) {
            // The tick was for a deadline that has moved since, as with every poll: ask again.
            set(time);
            return false;
        }
        clear();
        return true;
    }
}
