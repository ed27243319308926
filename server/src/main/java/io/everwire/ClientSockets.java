package io.everwire;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one client by their namespaces. Mostly it is one, and then no object beside it: null is none, a socket is just
 * that one, and several are a map (benchmark idle). Unchangeable: each change returns others.
 */
final class ClientSockets {
    private ClientSockets() {}

    static @Nullable Socket of(@Nullable Object sockets, String namespace) {
        if (sockets instanceof Socket one) {
            return one.namespace().name().equals(namespace) ? one : null;
        }
        return sockets == null ? null : map(sockets).get(namespace);
    }

    static Collection<Socket> all(@Nullable Object sockets) {
        if (sockets instanceof Socket one) {
            return List.of(one);
        }
        return sockets == null ? List.of() : map(sockets).values();
    }

    /** Takes the place of the one in its namespace, if there is one. */
    static Object with(@Nullable Object sockets, Socket added) {
        Object others = without(sockets, added.namespace().name());
        if (others == null) {
            return added;
        }
        Map<String, Socket> more = copy(others);
        more.put(added.namespace().name(), added);
        return more;
    }

    static @Nullable Object without(@Nullable Object sockets, String namespace) {
        if (of(sockets, namespace) == null) {
            return sockets;
        }
        Map<String, Socket> left = copy(sockets);
        left.remove(namespace);
        return left.size() > 1 ? left : left.values().stream().findAny().orElse(null);
    }

    private static Map<String, Socket> copy(@Nullable Object sockets) {
        Map<String, Socket> copy = new HashMap<>();
        all(sockets).forEach(socket -> copy.put(socket.namespace().name(), socket));
        return copy;
    }

    @SuppressWarnings("unchecked") // what is neither null nor a socket
    private static Map<String, Socket> map(Object sockets) {
        return (Map<String, Socket>) sockets;
    }
}
