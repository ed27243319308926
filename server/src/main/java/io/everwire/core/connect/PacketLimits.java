package io.everwire.core.connect;

import io.everwire.LimitOptions;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ReachedLimit;
import org.jspecify.annotations.Nullable;

/** Limits the packets of clients. Any thread. */
public final class PacketLimits {
    private final int maxAuth;
    private final int maxNamespaceLength;
    private final int maxNameLength;
    private final int maxArguments;

    /** @param limits {@code maxAuthBytes}, {@code maxNamespaceLength}, {@code maxEventNameLength} and {@code maxArguments} */
    public PacketLimits(LimitOptions limits) {
        this.maxAuth = limits.maxAuthBytes();
        this.maxNamespaceLength = limits.maxNamespaceLength();
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
        if (packet instanceof Packet.Connect connect) {
            int auth = connect.payload() == null ? 0 : connect.payload().length();
            int name = connect.namespace().length();
            return auth > maxAuth
                    ? new ReachedLimit("maxAuthBytes", maxAuth, auth)
                    : name > maxNamespaceLength
                            ? new ReachedLimit("maxNamespaceLength", maxNamespaceLength, name)
                            : null;
        }
        return packet instanceof Packet.Ack ack ? arguments(ack.data().size()) : null;
    }

    private @Nullable ReachedLimit arguments(int count) {
        return count > maxArguments ? new ReachedLimit("maxArguments", maxArguments, count) : null;
    }
}
