package io.everwire.core.dispatch;

import io.everwire.Ack;
import io.everwire.Arguments;
import io.everwire.EventHandler;
import io.everwire.Registration;
import io.everwire.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A handler of one event only, the first one: it is removed before it is called. Any thread. */
final class OnceHandler implements EventHandler {
    private final EventHandler handler;
    private final AtomicBoolean called = new AtomicBoolean();
    private final CompletableFuture<Registration> registration = new CompletableFuture<>();

    OnceHandler(EventHandler handler) {
        this.handler = handler;
    }

    /** Sets the registration to remove; an event may arrive earlier. Returns it. */
    Registration registered(Registration own) {
        registration.complete(own);
        return own;
    }

    @Override
    public @Nullable Object on(Socket socket, Arguments arguments) throws Exception {
        if (!called.compareAndSet(false, true)) {
            return Ack.none();
        }
        CompletionStage<Registration> own = registration;
        own.thenAccept(Registration::remove);
        return handler.on(socket, arguments);
    }
}
