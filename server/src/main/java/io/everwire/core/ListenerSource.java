package io.everwire.core;

import io.everwire.CloseReason;
import io.everwire.EventErrorListener;
import io.everwire.Middleware;
import io.everwire.NamespaceRegistry;
import io.everwire.Registration;
import io.everwire.Socket;
import io.everwire.core.dispatch.Handlers;
import io.everwire.core.dispatch.NamespaceListeners;
import io.everwire.core.dispatch.Registrations;
import io.everwire.core.dispatch.Stages;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A {@link NamespaceRegistry} that keeps what is added in {@link NamespaceListeners}. */
interface ListenerSource extends NamespaceRegistry, HandlerSource {
    /** Returns the listeners, to add to. */
    NamespaceListeners namespaceListeners();

    @Override
    default Handlers handlers() {
        return namespaceListeners().handlers;
    }

    @Override
    default Registration use(Middleware middleware) {
        return useAsync(socket -> {
            middleware.on(socket);
            return Stages.DONE;
        });
    }

    @Override
    default Registration useAsync(Middleware.Async middleware) {
        return Registrations.add(namespaceListeners().middleware, middleware);
    }

    @Override
    default Registration onConnection(Consumer<? super Socket> listener) {
        return Registrations.add(namespaceListeners().connection, listener);
    }

    @Override
    default Registration onDisconnecting(BiConsumer<? super Socket, ? super CloseReason> listener) {
        return Registrations.add(namespaceListeners().disconnecting, listener);
    }

    @Override
    default Registration onDisconnect(BiConsumer<? super Socket, ? super CloseReason> listener) {
        return Registrations.add(namespaceListeners().disconnect, listener);
    }

    @Override
    default Registration onError(EventErrorListener listener) {
        return Registrations.add(namespaceListeners().error, listener);
    }
}
