package io.everwire;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's question for a namespace that does not exist: its possible parents are asked in the order they were made, and
 * the first that says yes has a new child.
 */
final class DynamicNamespaceLookup {
    private static final Logger log = LoggerFactory.getLogger(DynamicNamespaceLookup.class);

    private final Client client;
    private final String name;
    private final Handshake handshake;
    private final Iterator<DynamicNamespaces> left;
    private final boolean atOnce;

    DynamicNamespaceLookup(Client client, String name, Handshake handshake, List<DynamicNamespaces> parents) {
        this.client = client;
        this.name = name;
        this.handshake = handshake;
        List<DynamicNamespaces> asked = List.copyOf(parents);
        this.left = asked.iterator();
        this.atOnce = asked.stream().allMatch(DynamicNamespaces::byPattern);
    }

    /** Begins; called in a turn of the session, and done in it if there are only patterns to look at. */
    void start() {
        if (atOnce) {
            next();
        } else {
            client.aside(this::next);
        }
    }

    private void next() {
        while (left.hasNext()) {
            DynamicNamespaces parent = left.next();
            if (parent.matches(name)) {
                found(parent);
                return;
            }
            if (!parent.byPattern() && isAsked(parent)) {
                return;
            }
        }
        found(null);
    }

    /** Asks; returns false if there is nothing to wait for. */
    private boolean isAsked(DynamicNamespaces parent) {
        CompletionStage<Boolean> stage;
        try {
            stage = Objects.requireNonNull(parent.test(name, handshake), "the predicate returned no stage");
        } catch (Throwable e) {
            log.error("a predicate of namespaces failed", e);
            return false;
        }
        stage.whenComplete((yes, failure) -> {
            if (failure != null) {
                log.error("a predicate of namespaces failed", failure);
            }
            if (failure == null && Boolean.TRUE.equals(yes)) {
                found(parent);
            } else {
                client.aside(this::next);
            }
        });
        return true;
    }

    private void found(@Nullable DynamicNamespaces parent) {
        if (atOnce) {
            client.found(name, handshake, parent);
        } else {
            client.slot().execute(() -> client.found(name, handshake, parent));
        }
    }
}
