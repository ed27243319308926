package io.everwire.protocol.wire;

/** Time that passes when a test says so. */
public final class VirtualClock {
    // Not zero: a session that takes its start for granted shall fail here.
    private long now = 1_000_000;

    /** Milliseconds since an arbitrary start. */
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
