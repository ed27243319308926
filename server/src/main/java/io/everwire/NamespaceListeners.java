package io.everwire;

import io.everwire.protocol.CloseReason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application added to a namespace: middleware, listeners and handlers, each kind in the order added. */
final class NamespaceListeners {
    private static final Logger log = LoggerFactory.getLogger(NamespaceListeners.class);

    /** What middleware returns that has decided already. */
    static final CompletionStage<?> PASSED = CompletableFuture.completedFuture(null);

    final List<Middleware.Async> middleware = new CopyOnWriteArrayList<>();
    final Handlers handlers = new Handlers();
    final List<Consumer<? super Socket>> connection = new CopyOnWriteArrayList<>();
    final List<BiConsumer<? super Socket, ? super CloseReason>> disconnecting = new CopyOnWriteArrayList<>();
    final List<BiConsumer<? super Socket, ? super CloseReason>> disconnect = new CopyOnWriteArrayList<>();
    final List<BiConsumer<? super Socket, ? super Throwable>> error = new CopyOnWriteArrayList<>();

    /** What was added to {@code registry}. */
    static NamespaceListeners of(NamespaceRegistry registry) {
        if (registry instanceof SocketIoServer server) {
            return of(server.root());
        }
        return registry instanceof Namespace namespace
                ? namespace.listeners()
                : ((DynamicNamespaces) registry).listeners();
    }

    /** Adds {@code listener}; what is returned removes it. */
    static <T> Registration add(List<T> listeners, T listener) {
        listeners.add(listener);
        return removal(listeners, listener);
    }

    /** As {@link #add}, but before those that are there. */
    static <T> Registration prepend(List<T> listeners, T listener) {
        listeners.add(0, listener);
        return removal(listeners, listener);
    }

    private static <T> Registration removal(List<T> listeners, T listener) {
        AtomicBoolean added = new AtomicBoolean(true);
        return () -> {
            // Once: the same listener may have been added by somebody else as well.
            if (added.compareAndSet(true, false)) {
                listeners.remove(listener);
            }
        };
    }

    /** Tells each of {@code handlers}; the failure of one is not the next one's. */
    static void tell(List<AnyHandler> handlers, Socket socket, String event, Supplier<Arguments> arguments) {
        for (AnyHandler handler : handlers) {
            try {
                handler.on(socket, event, arguments.get());
            } catch (Throwable e) {
                log.error("a listener failed", e);
            }
        }
    }

    /** One listener's failure is not the next one's. */
    static void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            log.error("a listener failed", e);
        }
    }
}
