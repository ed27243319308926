package io.everwire.core.connect;

import io.everwire.LimitOptions;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ReachedLimit;
import org.jspecify.annotations.Nullable;

/** Limits the events and acks of clients. Any thread. */
public final class PacketLimits {
    private final int maxNameLength;
    private final int maxArguments;

    /** @param limits {@code maxEventNameLength} and {@code maxArguments} */
    public PacketLimits(LimitOptions limits) {
        this.maxNameLength = limits.maxEventNameLength();
        this.maxArguments = limits.maxArguments();
    }

    /** Returns the limit that a packet passes, or null. */
    public @Nullable ReachedLimit reached(Packet packet) {
        if (packet instanceof Packet.Event event) {
            JsonArray data = event.data();
            // The quotes of the JSON string do not count.
            int nameLength = data.element(0).length() - 2;
            return nameLength > maxNameLength
                    ? new ReachedLimit("maxEventNameLength", maxNameLength, nameLength)
                    : arguments(data.size() - 1);
        }
        return packet instanceof Packet.Ack ack ? arguments(ack.data().size()) : null;
    }

    private @Nullable ReachedLimit arguments(int count) {
        return count > maxArguments ? new ReachedLimit("maxArguments", maxArguments, count) : null;
    }
}
