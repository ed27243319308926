package io.everwire;

import io.everwire.protocol.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Collects listeners that a server has from its start; see {@link ServerOptions.Builder#listeners}. They are those of the
 * namespace {@code /}, in the order named. Every method returns this object.
 */
public final class ServerListeners {
    private final List<Consumer<NamespaceRegistry>> added = new ArrayList<>();

    ServerListeners() {}

    /** See {@link NamespaceRegistry#onConnection}. */
    public ServerListeners onConnection(Consumer<? super Socket> listener) {
        added.add(server -> server.onConnection(listener));
        return this;
    }

    /** See {@link EventRegistry#onMessage(Handler.Of1)}. */
    public ServerListeners onMessage(Handler.Of1<? super Object> handler) {
        added.add(server -> server.onMessage(handler));
        return this;
    }

    /** See {@link NamespaceRegistry#onDisconnect}. */
    public ServerListeners onDisconnect(BiConsumer<? super Socket, ? super CloseReason> listener) {
        added.add(server -> server.onDisconnect(listener));
        return this;
    }

    List<Consumer<NamespaceRegistry>> added() {
        return List.copyOf(added);
    }
}
