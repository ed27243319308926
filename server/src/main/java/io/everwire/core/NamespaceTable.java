package io.everwire.core;

import io.everwire.Namespace;
import io.everwire.Registration;
import io.everwire.core.dispatch.Registrations;
import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The namespaces of a server: the existing ones, and the dynamic namespaces that may be created. Any thread may use it. */
final class NamespaceTable {
    /** In milliseconds. */
    private static final long REMOVAL_PAUSE = 1_000;

    private final ServerContext context;
    private final Map<String, CoreNamespace> byName = new ConcurrentHashMap<>();
    private final Map<String, CoreNamespace> lasting = new ConcurrentHashMap<>();
    private final List<CoreDynamicNamespaces> parents = new CopyOnWriteArrayList<>();
    private final List<Consumer<? super Namespace>> created = new CopyOnWriteArrayList<>();
    private final AtomicInteger dynamic = new AtomicInteger();
    private final AtomicLong removedAt = new AtomicLong(Long.MIN_VALUE / 2);

    NamespaceTable(ServerContext context) {
        this.context = context;
    }

    Collection<CoreNamespace> all() {
        return byName.values();
    }

    /** Returns the namespaces that are not dynamic; a live view. */
    Collection<CoreNamespace> lasting() {
        return lasting.values();
    }

    /** Returns a live, unmodifiable view. */
    Map<String, Namespace> view() {
        return Collections.unmodifiableMap(byName);
    }

    /** Returns the dynamic namespaces, in the order added. */
    List<CoreDynamicNamespaces> parents() {
        return parents;
    }

    CoreDynamicNamespaces add(CoreDynamicNamespaces parent) {
        parents.add(parent);
        return parent;
    }

    Registration onCreated(Consumer<? super Namespace> listener) {
        return Registrations.add(created, listener);
    }

    /** Returns a namespace for the application, created if necessary; it is dynamic if a pattern matches, as in socket.io 4.8. */
    CoreNamespace of(String name) {
        CoreNamespace existing = byName.get(name);
        if (existing != null) {
            existing.byClient(false);
            return existing;
        }
        CoreDynamicNamespaces parent = parents.stream()
                .filter(candidate -> candidate.matches(name))
                .findFirst()
                .orElse(null);
        return create(name, parent, 0);
    }

    /** Returns a namespace for a client, with a place reserved in it, or null if it does not exist. */
    @Nullable
    CoreNamespace enter(String name) {
        CoreNamespace namespace = byName.get(name);
        if (namespace == null || namespace.parent() == null) {
            return namespace;
        }
        // In one step: the namespace is not removed between the look-up and the reservation.
        return byName.computeIfPresent(name, (same, child) -> child.reserve(1));
    }

    /** Returns a dynamic namespace for a client, created if necessary; null if the server has too many. See {@link #enter(String)}. */
    @Nullable
    CoreNamespace enter(String name, CoreDynamicNamespaces parent) {
        int max = context.options().maxDynamicNamespaces();
        if (byName.get(name) == null && dynamic.get() >= max && !removeAbandoned()) {
            return null;
        }
        return create(name, parent, 1);
    }

    /** Gives up a place. A dynamic namespace without places is removed, if the options say so. */
    void leave(CoreNamespace namespace) {
        CoreDynamicNamespaces parent = namespace.parent();
        if (parent == null) {
            return;
        }
        byName.computeIfPresent(namespace.name(), (same, child) -> {
            if (child != namespace
                    || child.reserve(-1).reserved() > 0
                    || !context.options().cleanupEmptyChildNamespaces()) {
                return child;
            }
            return remove(child);
        });
    }

    /**
     * Removes the dynamic namespaces that clients created and left. Otherwise disconnected clients would keep others
     * out for ever. At most once a second, because it looks at all namespaces.
     *
     * @return whether a namespace can be created now
     */
    private boolean removeAbandoned() {
        long now = context.clock().getAsLong();
        long before = removedAt.get();
        if (now - before >= REMOVAL_PAUSE && removedAt.compareAndSet(before, now)) {
            for (CoreNamespace namespace : byName.values()) {
                if (namespace.byClient()) {
                    byName.computeIfPresent(
                            namespace.name(), (same, child) -> child.reserved() > 0 ? child : remove(child));
                }
            }
        }
        return dynamic.get() < context.options().maxDynamicNamespaces();
    }

    private @Nullable CoreNamespace remove(CoreNamespace child) {
        CoreDynamicNamespaces parent = child.parent();
        if (parent == null) {
            return child;
        }
        dynamic.decrementAndGet();
        parent.remove(child);
        child.closeAdapter();
        return null;
    }

    private CoreNamespace create(String name, @Nullable CoreDynamicNamespaces parent, int places) {
        boolean[] isNew = {false};
        CoreNamespace namespace = byName.compute(name, (same, existing) -> {
            isNew[0] = existing == null;
            CoreNamespace result = existing == null ? new CoreNamespace(context, name, parent) : existing;
            result.byClient(places > 0 && (existing == null || existing.byClient()));
            if (isNew[0] && parent != null) {
                dynamic.incrementAndGet();
                parent.add(result);
            } else if (isNew[0]) {
                lasting.put(name, result);
            }
            return result.reserve(places);
        });
        if (isNew[0] && !name.equals(Packet.ROOT)) {
            created.forEach(listener -> Registrations.guarded(() -> listener.accept(namespace)));
        }
        return namespace;
    }
}
