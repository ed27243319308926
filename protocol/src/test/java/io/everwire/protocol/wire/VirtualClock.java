package io.everwire.protocol.wire;

/** A clock that a test moves. */
public final class VirtualClock {
    // Not zero, so that a session that assumes a start at zero fails.
    private long now = 1_000_000;

    /** Returns the milliseconds since an arbitrary start. */
    public long now() {
        return now;
    }

    /** Moves on to {@code time}. */
    void advanceTo(long time) {
        if (time < now) {
            throw new IllegalArgumentException("time: " + time + " is before now, " + now);
        }
        now = time;
    }
}
