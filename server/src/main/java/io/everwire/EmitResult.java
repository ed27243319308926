package io.everwire;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of sending to one socket. Immutable; equal results are the same object. */
public final class EmitResult {
    /** The packet is on its way. Only an ack proves that it arrived; a volatile packet may still be dropped. */
    public static final EmitResult ACCEPTED = new EmitResult("ACCEPTED", null);

    /**
     * Nothing was sent: the socket is not connected. With connection state recovery, a client that comes back in time receives the
     * packet, unless it is volatile.
     */
    public static final EmitResult DISCONNECTED = new EmitResult("DISCONNECTED", null);

    private static final Map<DropReason, EmitResult> BY_REASON = new EnumMap<>(DropReason.class);

    static {
        for (DropReason reason : DropReason.values()) {
            BY_REASON.put(reason, new EmitResult("DROPPED: " + reason, reason));
        }
    }

    private final String text;
    private final @Nullable DropReason dropReason;

    private EmitResult(String text, @Nullable DropReason dropReason) {
        this.text = text;
        this.dropReason = dropReason;
    }

    /** Returns the result of a packet that was dropped for {@code reason}. */
    public static EmitResult dropped(DropReason reason) {
        return Objects.requireNonNull(BY_REASON.get(reason));
    }

    /** Returns whether the packet is on its way. */
    public boolean accepted() {
        return this == ACCEPTED;
    }

    /** Returns whether the packet was dropped; {@link #dropReason} says why. */
    public boolean dropped() {
        return dropReason != null;
    }

    /** Returns whether the socket was not connected. */
    public boolean disconnected() {
        return this == DISCONNECTED;
    }

    /** Returns the reason why the packet was dropped, or null if it was not. */
    public @Nullable DropReason dropReason() {
        return dropReason;
    }

    /** Returns {@code ACCEPTED}, {@code DISCONNECTED}, or {@code DROPPED: } with the reason. */
    @Override
    public String toString() {
        return text;
    }
}
