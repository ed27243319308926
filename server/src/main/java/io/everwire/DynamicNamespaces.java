package io.everwire;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces that come to be when the first client asks for them, see {@link SocketIoServer#of(Pattern)}. What is added here
 * holds for all of them, those that exist already included, and comes before what is added to one of them; what is emitted
 * here goes to the sockets of all.
 */
public final class DynamicNamespaces implements NamespaceRegistry, Broadcaster {
    private static final CompletionStage<Boolean> YES = CompletableFuture.completedFuture(true);
    private static final CompletionStage<Boolean> NO = CompletableFuture.completedFuture(false);

    private final SocketIoServer server;
    private final @Nullable Pattern pattern;
    private final NamespacePredicate.Async predicate;
    private final Map<String, Namespace> children = new ConcurrentHashMap<>();
    private final NamespaceListeners listeners = new NamespaceListeners();
    private final BroadcastOperator everybody;
    private volatile Overflow overflow = Overflow.CLOSE;

    DynamicNamespaces(SocketIoServer server, Pattern pattern) {
        this.server = server;
        this.everybody = new BroadcastOperator(server, children::values);
        this.pattern = pattern;
        this.predicate = (name, handshake) -> matches(name) ? YES : NO;
    }

    DynamicNamespaces(SocketIoServer server, NamespacePredicate.Async predicate) {
        this.server = server;
        this.everybody = new BroadcastOperator(server, children::values);
        this.pattern = null;
        this.predicate = predicate;
    }

    /** The server it is part of. */
    public SocketIoServer server() {
        return server;
    }

    /** The namespaces that exist, by their names; a live, unmodifiable view. */
    public Map<String, Namespace> children() {
        return Collections.unmodifiableMap(children);
    }

    @Override
    public BroadcastOperator everybody() {
        return everybody;
    }

    /** See {@link Namespace#overflow}; for children that are made from now on. */
    public void overflow(Overflow policy) {
        overflow = policy;
    }

    Overflow overflow() {
        return overflow;
    }

    NamespaceListeners listeners() {
        return listeners;
    }

    /** Whether it is known at once who belongs to it. */
    boolean byPattern() {
        return pattern != null;
    }

    /** Whether a pattern says that a namespace of this name belongs to it. */
    boolean matches(String name) {
        return pattern != null && pattern.matcher(name).matches();
    }

    CompletionStage<Boolean> test(String name, Handshake handshake) throws Exception {
        return predicate.test(name, handshake);
    }

    void add(Namespace child) {
        children.put(child.name(), child);
    }

    void remove(Namespace child) {
        children.remove(child.name(), child);
    }
}
