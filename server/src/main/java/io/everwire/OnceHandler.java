package io.everwire;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A handler of one event only, the first one; then it is removed. Any thread. */
final class OnceHandler implements EventHandler {
    private final EventHandler handler;
    private final AtomicBoolean called = new AtomicBoolean();
    private final CompletableFuture<Registration> registration = new CompletableFuture<>();

    OnceHandler(EventHandler handler) {
        this.handler = handler;
    }

    /** Says how it is removed, which may be known only after it was called. */
    Registration registered(Registration itself) {
        registration.complete(itself);
        return itself;
    }

    @Override
    public @Nullable Object on(Socket socket, Arguments arguments) throws Exception {
        if (!called.compareAndSet(false, true)) {
            return NO_ANSWER;
        }
        CompletionStage<Registration> itself = registration;
        itself.thenAccept(Registration::close);
        return handler.on(socket, arguments);
    }
}
