package io.everwire.core;

import io.everwire.BroadcastOperator;
import io.everwire.CloseReason;
import io.everwire.EmitResult;
import io.everwire.EventErrorListener;
import io.everwire.EventMiddleware;
import io.everwire.Registration;
import io.everwire.Socket;
import io.everwire.SocketOperator;
import io.everwire.TypeToken;
import io.everwire.core.dispatch.Handlers;
import io.everwire.core.dispatch.Registrations;
import io.everwire.core.dispatch.SocketListeners;
import io.everwire.core.dispatch.Stages;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link Socket} that keeps what is added in {@link SocketListeners} and sends by an operator. */
interface SocketSource extends Socket, HandlerSource {
    /** Returns the listeners of the socket, to add to. */
    SocketListeners.Own own();

    /** Returns an operator without flags. */
    SocketOperator operator();

    @Override
    default BroadcastOperator broadcast() {
        return namespace().except(id());
    }

    @Override
    default Handlers handlers() {
        return own().handlers;
    }

    @Override
    default Registration use(EventMiddleware middleware) {
        return useAsync((socket, event, arguments) -> {
            middleware.on(socket, event, arguments);
            return Stages.DONE;
        });
    }

    @Override
    default Registration useAsync(EventMiddleware.Async middleware) {
        return Registrations.add(own().middleware, middleware);
    }

    @Override
    default Registration onError(EventErrorListener listener) {
        return Registrations.add(own().error, listener);
    }

    @Override
    default Registration onDisconnecting(Consumer<? super CloseReason> listener) {
        return Registrations.add(own().disconnecting, listener);
    }

    @Override
    default Registration onDisconnect(Consumer<? super CloseReason> listener) {
        return Registrations.add(own().disconnect, listener);
    }

    @Override
    default EmitResult emit(String event, @Nullable Object... args) {
        return operator().emit(event, args);
    }

    @Override
    default EmitResult send(@Nullable Object message) {
        return operator().send(message);
    }

    @Override
    default <T> CompletableFuture<@Nullable T> call(String event, TypeToken<T> answer, @Nullable Object... args) {
        return operator().call(event, answer, args);
    }

    @Override
    default SocketOperator timeout(Duration timeout) {
        return operator().timeout(timeout);
    }

    @Override
    default SocketOperator asVolatile() {
        return operator().asVolatile();
    }

    @Override
    default SocketOperator asVolatile(String key) {
        return operator().asVolatile(key);
    }

    @Override
    default SocketOperator compress(boolean compress) {
        return operator().compress(compress);
    }
}
