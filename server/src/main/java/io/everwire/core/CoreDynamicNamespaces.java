package io.everwire.core;

import io.everwire.BroadcastOperator;
import io.everwire.DynamicNamespaces;
import io.everwire.HandlerMode;
import io.everwire.Handshake;
import io.everwire.Namespace;
import io.everwire.NamespacePredicate;
import io.everwire.Overflow;
import io.everwire.SocketIoServer;
import io.everwire.core.connect.DynamicNamespaceLookup;
import io.everwire.core.dispatch.NamespaceListeners;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dynamic namespaces of one pattern or predicate. */
final class CoreDynamicNamespaces implements DynamicNamespaces, ListenerSource, DynamicNamespaceLookup.Candidate {
    private static final CompletionStage<Boolean> YES = CompletableFuture.completedFuture(true);
    private static final CompletionStage<Boolean> NO = CompletableFuture.completedFuture(false);

    private final ServerContext context;
    private final @Nullable Pattern pattern;
    private final NamespacePredicate.Async predicate;
    private final Map<String, CoreNamespace> children = new ConcurrentHashMap<>();
    private final NamespaceListeners listeners = new NamespaceListeners();
    private final BroadcastOperator everybody;
    private volatile Overflow overflow = Overflow.CLOSE;
    private volatile HandlerMode handlerMode;

    CoreDynamicNamespaces(ServerContext context, Pattern pattern) {
        this.context = context;
        this.handlerMode = context.options().handlerMode();
        this.everybody = new CoreBroadcastOperator(context, children::values);
        this.pattern = pattern;
        this.predicate = (name, handshake) -> matches(name) ? YES : NO;
    }

    CoreDynamicNamespaces(ServerContext context, NamespacePredicate.Async predicate) {
        this.context = context;
        this.handlerMode = context.options().handlerMode();
        this.everybody = new CoreBroadcastOperator(context, children::values);
        this.pattern = null;
        this.predicate = predicate;
    }

    @Override
    public SocketIoServer server() {
        return context.server();
    }

    @Override
    public Map<String, Namespace> children() {
        return Collections.unmodifiableMap(children);
    }

    @Override
    public BroadcastOperator everybody() {
        return everybody;
    }

    @Override
    public void overflow(Overflow policy) {
        overflow = policy;
    }

    Overflow overflow() {
        return overflow;
    }

    @Override
    public void handlerMode(HandlerMode mode) {
        handlerMode = Objects.requireNonNull(mode, "handlerMode");
    }

    HandlerMode handlerMode() {
        return handlerMode;
    }

    @Override
    public NamespaceListeners namespaceListeners() {
        return listeners;
    }

    @Override
    public boolean byPattern() {
        return pattern != null;
    }

    @Override
    public boolean matches(String name) {
        return pattern != null && pattern.matcher(name).matches();
    }

    @Override
    public CompletionStage<Boolean> test(String name, Handshake handshake) throws Exception {
        return predicate.test(name, handshake);
    }

    /** Returns {@link Namespace#group} of the namespaces. */
    String group() {
        return pattern == null ? "dynamic" : pattern.pattern();
    }

    void add(CoreNamespace child) {
        children.put(child.name(), child);
    }

    void remove(CoreNamespace child) {
        children.remove(child.name(), child);
    }
}
