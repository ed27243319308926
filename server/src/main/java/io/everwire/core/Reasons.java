package io.everwire.core;

import io.everwire.CloseReason;
import io.everwire.DropReason;
import io.everwire.EmitResult;
import io.everwire.engine.DropCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts reasons of the protocol and the engine to those of the API, which have the same names. */
final class Reasons {
    private static final Map<io.everwire.protocol.CloseReason, CloseReason> CLOSE =
            new EnumMap<>(io.everwire.protocol.CloseReason.class);
    private static final Map<DropCause, EmitResult> DROPPED = new EnumMap<>(DropCause.class);

    static {
        for (io.everwire.protocol.CloseReason reason : io.everwire.protocol.CloseReason.values()) {
            CLOSE.put(reason, CloseReason.valueOf(reason.name()));
        }
        for (DropCause cause : DropCause.values()) {
            DROPPED.put(cause, EmitResult.dropped(of(cause)));
        }
    }

    private Reasons() {}

    static CloseReason of(io.everwire.protocol.CloseReason reason) {
        return Objects.requireNonNull(CLOSE.get(reason));
    }

    /** Returns whether the server ended a socket: its queued events are dropped. */
    static boolean byServer(CloseReason reason) {
        return reason == CloseReason.SERVER_NAMESPACE_DISCONNECT || reason == CloseReason.SERVER_SHUTTING_DOWN;
    }

    static DropReason of(DropCause cause) {
        return DropReason.valueOf(cause.name());
    }

    /**
     * Returns the result of a packet.
     *
     * @param cause the cause of its drop, or null if it was accepted
     */
    static EmitResult result(@Nullable DropCause cause) {
        return cause == null ? EmitResult.ACCEPTED : Objects.requireNonNull(DROPPED.get(cause));
    }
}
