package io.everwire.core;

import io.everwire.ConnectionError;
import io.everwire.EngineMiddleware;
import io.everwire.EngineServer;
import io.everwire.Registration;
import io.everwire.RequestHead;
import io.everwire.ResponseHeaders;
import io.everwire.core.dispatch.Registrations;
import io.everwire.core.dispatch.Stages;
import io.everwire.core.request.ApplicationInterceptor;
import io.everwire.engine.Engine;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Adds the code of the application to the interceptor of requests. */
final class CoreEngineServer implements EngineServer {
    private final Engine engine;
    private final ApplicationInterceptor interceptor;

    CoreEngineServer(Engine engine, ApplicationInterceptor interceptor) {
        this.engine = engine;
        this.interceptor = interceptor;
    }

    @Override
    public int clientsCount() {
        return engine.size();
    }

    @Override
    public Registration use(EngineMiddleware middleware) {
        return useAsync((request, headers) -> {
            middleware.on(request, headers);
            return Stages.DONE;
        });
    }

    @Override
    public Registration useAsync(EngineMiddleware.Async middleware) {
        return Registrations.add(interceptor.middleware, middleware);
    }

    @Override
    public Registration onInitialHeaders(ResponseHeaders.Listener listener) {
        return Registrations.add(interceptor.initialHeaders, listener);
    }

    @Override
    public Registration onHeaders(ResponseHeaders.Listener listener) {
        return Registrations.add(interceptor.headers, listener);
    }

    @Override
    public Registration onConnectionError(Consumer<? super ConnectionError> listener) {
        return Registrations.add(interceptor.connectionError, listener);
    }

    @Override
    public void generateId(@Nullable Function<? super RequestHead, String> generator) {
        interceptor.generator(generator);
    }
}
