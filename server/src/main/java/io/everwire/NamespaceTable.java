package io.everwire;

import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The namespaces of a server: those that exist, and those that may come to be. Any thread may use it. */
final class NamespaceTable {
    private final SocketIoServer server;
    private final Map<String, Namespace> byName = new ConcurrentHashMap<>();
    private final List<DynamicNamespaces> parents = new CopyOnWriteArrayList<>();
    private final List<Consumer<? super Namespace>> created = new CopyOnWriteArrayList<>();
    private final AtomicInteger dynamic = new AtomicInteger();

    NamespaceTable(SocketIoServer server) {
        this.server = server;
    }

    Collection<Namespace> all() {
        return byName.values();
    }

    List<DynamicNamespaces> parents() {
        return parents;
    }

    DynamicNamespaces add(DynamicNamespaces parent) {
        parents.add(parent);
        return parent;
    }

    Registration onCreated(Consumer<? super Namespace> listener) {
        return NamespaceListeners.add(created, listener);
    }

    /** The namespace that the application asks for; a child, as in the reference, if a pattern says so. */
    Namespace of(String name) {
        Namespace existing = byName.get(name);
        if (existing != null) {
            return existing;
        }
        DynamicNamespaces parent = parents.stream()
                .filter(candidate -> candidate.matches(name))
                .findFirst()
                .orElse(null);
        return make(name, parent, 0);
    }

    /** The namespace that a client wants to join, with a place kept in it; null if there is none. */
    @Nullable
    Namespace enter(String name) {
        Namespace namespace = byName.get(name);
        if (namespace == null || namespace.parent() == null) {
            return namespace;
        }
        // With a place kept, or not there any more: nothing in between.
        return byName.computeIfPresent(name, (same, child) -> child.occupy(1));
    }

    /** As {@link #enter}, for one that may have to be made; null if there are too many. */
    @Nullable
    Namespace enter(String name, DynamicNamespaces parent) {
        if (byName.get(name) == null && dynamic.get() >= server.options().maxDynamicNamespaces()) {
            return null;
        }
        return make(name, parent, 1);
    }

    /** Gives up a place. A child that nobody has a place in may go. */
    void leave(Namespace namespace) {
        DynamicNamespaces parent = namespace.parent();
        if (parent == null) {
            return;
        }
        byName.computeIfPresent(namespace.name(), (same, child) -> {
            if (child != namespace
                    || child.occupy(-1).occupants() > 0
                    || !server.options().cleanupEmptyChildNamespaces()) {
                return child;
            }
            dynamic.decrementAndGet();
            parent.remove(child);
            child.adapter().close();
            return null;
        });
    }

    private Namespace make(String name, @Nullable DynamicNamespaces parent, int places) {
        boolean[] made = {false};
        Namespace namespace = byName.compute(name, (same, existing) -> {
            made[0] = existing == null;
            Namespace result = existing == null ? new Namespace(server, name, parent) : existing;
            if (made[0] && parent != null) {
                dynamic.incrementAndGet();
                parent.add(result);
            }
            return result.occupy(places);
        });
        if (made[0] && !name.equals(Packet.ROOT)) {
            created.forEach(listener -> NamespaceListeners.guarded(() -> listener.accept(namespace)));
        }
        return namespace;
    }
}
