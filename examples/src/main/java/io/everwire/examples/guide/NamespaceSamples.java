package io.everwire.examples.guide;

import io.everwire.DynamicNamespaces;
import io.everwire.Namespace;
import io.everwire.SocketIoServer;
import java.util.Set;
import java.util.regex.Pattern;

/** Namespaces. */
public final class NamespaceSamples {
    private NamespaceSamples() {}

    public static void named(SocketIoServer server) {
        // docs: namespaces
        Namespace admin = server.of("/admin");
        admin.onConnection(socket -> socket.emit("hello", "admin"));
        admin.on("announce", String.class, (socket, text) -> server.emit("announcement", text)); // to all in "/"
        // docs: end
    }

    public static DynamicNamespaces pattern(SocketIoServer server) {
        // docs: namespaces-pattern
        DynamicNamespaces games = server.of(Pattern.compile("/game-\\d+"));
        games.on("move", String.class, (socket, move) -> socket.broadcast().emit("moved", move)); // within one game
        games.onConnection(socket -> socket.emit("playing", socket.namespace().name()));
        // docs: end
        return games;
    }

    public static DynamicNamespaces predicate(SocketIoServer server, Set<String> tenants) {
        // docs: namespaces-predicate
        DynamicNamespaces offices = server.of((name, handshake) -> tenants.contains(name.substring(1)));
        // docs: end
        return offices;
    }
}
