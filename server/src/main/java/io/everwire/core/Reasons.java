package io.everwire.core;

import io.everwire.CloseReason;
import io.everwire.DropReason;
import io.everwire.EmitResult;
import io.everwire.engine.DropCause;
import org.jspecify.annotations.Nullable;

/** Converts reasons of the protocol and the engine to those of the API, which have the same names. */
final class Reasons {
    private static final CloseReason[] CLOSE = new CloseReason[io.everwire.protocol.CloseReason.values().length];
    private static final DropReason[] DROP = new DropReason[DropCause.values().length];

    static {
        for (io.everwire.protocol.CloseReason reason : io.everwire.protocol.CloseReason.values()) {
            CLOSE[reason.ordinal()] = CloseReason.valueOf(reason.name());
        }
        for (DropCause cause : DropCause.values()) {
            DROP[cause.ordinal()] = DropReason.valueOf(cause.name());
        }
    }

    private Reasons() {}

    static CloseReason of(io.everwire.protocol.CloseReason reason) {
        return CLOSE[reason.ordinal()];
    }

    static DropReason of(DropCause cause) {
        return DROP[cause.ordinal()];
    }

    /**
     * Returns the result of a packet.
     *
     * @param cause the cause of its drop, or null if it was accepted
     */
    static EmitResult result(@Nullable DropCause cause) {
        return cause == null ? EmitResult.ACCEPTED : EmitResult.dropped(of(cause));
    }
}
