package io.everwire.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The subscriptions of all namespaces of a server, with the adapters that need them. A namespace that is removed and created again may
 * have two adapters for a moment: a subscription ends with the last one. Any thread may use it.
 */
final class SubscriptionTable {
    private record Entry(List<ClusterAdapter> owners, CompletableFuture<Void> done) {}

    private final Line line;
    private final Map<Subscription, Entry> entries = new HashMap<>();

    SubscriptionTable(Line line) {
        this.line = line;
    }

    /** Adds a subscription of an adapter. The result is done when messages arrive. */
    CompletionStage<Void> add(Subscription subscription, ClusterAdapter owner) {
        CompletableFuture<Void> done;
        // The line is called inside the lock: the end of a subscription must not overtake a new one.
        synchronized (this) {
            Entry known = entries.get(subscription);
            if (known != null) {
                if (!known.owners.contains(owner)) {
                    List<ClusterAdapter> owners = new ArrayList<>(known.owners);
                    owners.add(owner);
                    entries.put(subscription, new Entry(List.copyOf(owners), known.done));
                }
                return known.done;
            }
            done = new CompletableFuture<>();
            entries.put(subscription, new Entry(List.of(owner), done));
            line.subscribe(subscription).whenComplete((subscribed, failure) -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(failure);
                }
            });
        }
        return done;
    }

    /** Removes a subscription of an adapter. */
    synchronized void remove(Subscription subscription, ClusterAdapter owner) {
        Entry known = entries.get(subscription);
        if (known == null || !known.owners.contains(owner)) {
            return;
        }
        List<ClusterAdapter> owners = new ArrayList<>(known.owners);
        owners.remove(owner);
        if (owners.isEmpty()) {
            entries.remove(subscription);
            line.unsubscribe(subscription);
        } else {
            entries.put(subscription, new Entry(List.copyOf(owners), known.done));
        }
    }

    /** Returns the adapters with a subscription. */
    synchronized List<ClusterAdapter> owners(Subscription subscription) {
        Entry known = entries.get(subscription);
        return known == null ? List.of() : known.owners;
    }

    /** Returns the number of subscriptions. */
    synchronized int size() {
        return entries.size();
    }
}
