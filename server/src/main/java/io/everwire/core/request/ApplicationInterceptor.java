package io.everwire.core.request;

import io.everwire.ConnectionError;
import io.everwire.CookieOptions;
import io.everwire.EngineMiddleware;
import io.everwire.HttpRefusedException;
import io.everwire.RefusedException;
import io.everwire.RequestFilter;
import io.everwire.ResponseHeaders;
import io.everwire.core.dispatch.Registrations;
import io.everwire.core.dispatch.Stages;
import io.everwire.engine.RateLimitedLog;
import io.everwire.engine.RequestInterceptor;
import io.everwire.engine.Verdict;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Intercepts requests with the code of the application: middleware, filter, headers and ids, each kind in the order added. */
public final class ApplicationInterceptor implements RequestInterceptor {
    private static final RateLimitedLog filterFailed = new RateLimitedLog(ApplicationInterceptor.class);
    private static final RateLimitedLog badHeader = new RateLimitedLog(ApplicationInterceptor.class);
    private static final RateLimitedLog middlewareFailed = new RateLimitedLog(ApplicationInterceptor.class);

    /** Middleware of all requests. */
    public final List<EngineMiddleware.Async> middleware = new CopyOnWriteArrayList<>();

    /** Listeners that add headers to the response that opens a connection. */
    public final List<ResponseHeaders.Listener> initialHeaders = new CopyOnWriteArrayList<>();

    /** Listeners that add headers to every response. */
    public final List<ResponseHeaders.Listener> headers = new CopyOnWriteArrayList<>();

    /** Listeners of rejected requests. */
    public final List<Consumer<? super ConnectionError>> connectionError = new CopyOnWriteArrayList<>();

    private volatile @Nullable Function<? super io.everwire.RequestHead, String> generator;

    private final Function<InetSocketAddress, @Nullable ReachedLimit> limits;
    private final @Nullable CookieOptions cookie;
    private final RequestFilter.@Nullable Async filter;
    private final long timeoutMillis;
    private final Executor executor;

    /**
     * @param limits returns the limit that one more connection from an address would pass, or null
     * @param filter {@code allowRequest}, or null
     * @param timeoutMillis the time for middleware and filter
     * @param executor runs middleware and filter
     */
    public ApplicationInterceptor(
            Function<InetSocketAddress, @Nullable ReachedLimit> limits,
            @Nullable CookieOptions cookie,
            RequestFilter.@Nullable Async filter,
            long timeoutMillis,
            Executor executor) {
        this.limits = limits;
        this.cookie = cookie;
        this.filter = filter;
        this.timeoutMillis = timeoutMillis;
        this.executor = executor;
    }

    /** Sets the generator of connection ids; null for random ids. */
    public void generator(@Nullable Function<? super io.everwire.RequestHead, String> chosen) {
        generator = chosen;
    }

    @Override
    public @Nullable CompletionStage<Verdict> intercept(RequestHead head) {
        return middleware.isEmpty() ? null : new MiddlewarePass(head).start();
    }

    @Override
    public @Nullable CompletionStage<Verdict> interceptOpening(RequestHead head) {
        RequestFilter.Async asked = filter;
        if (asked == null) {
            return null;
        }
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        ClientRequest request = new ClientRequest(head, new RequestAttributes());
        executor.execute(() -> {
            try {
                Objects.requireNonNull(asked.on(request), "allowRequest returned no stage")
                        .whenComplete((done, failure) -> verdict.complete(
                                failure == null ? accepted(request.attributes()) : forbidden(failure)));
            } catch (Throwable e) {
                verdict.complete(forbidden(e));
            }
        });
        return verdict;
    }

    @Override
    public long timeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public @Nullable ReachedLimit reached(RequestHead head) {
        return limits.apply(head.remoteAddress());
    }

    @Override
    public @Nullable String sessionId(RequestHead head) throws Exception {
        Function<? super io.everwire.RequestHead, String> chosen = generator;
        if (chosen == null) {
            return null;
        }
        String sid = chosen.apply(new ClientRequest(head));
        if (!sid.matches("[0-9A-Za-z_-]{20,128}")) {
            throw new IllegalArgumentException(
                    "generateId: \"" + sid + "\" is not 20 to 128 letters, digits, \"-\" and \"_\"");
        }
        return sid;
    }

    @Override
    public List<String> openingHeaders(RequestHead head, String sid) {
        if (cookie == null && initialHeaders.isEmpty() && headers.isEmpty()) {
            return List.of();
        }
        AddedHeaders added = new AddedHeaders();
        // Not for a WebSocket, which stays with its server without a cookie (seen with engine.io 6.6.12).
        if (cookie != null && !head.upgrade()) {
            added.set("Set-Cookie", cookie.header(sid));
        }
        call(initialHeaders, added, head);
        call(headers, added, head);
        return added.list();
    }

    @Override
    public List<String> headers(RequestHead head) {
        if (headers.isEmpty()) {
            return List.of();
        }
        AddedHeaders added = new AddedHeaders();
        call(headers, added, head);
        return added.list();
    }

    @Override
    public void rejected(RequestHead head, String generation, Refusal refusal, @Nullable String message) {
        if (!connectionError.isEmpty()) {
            ConnectionError error = ConnectionError.of(
                    new ClientRequest(head),
                    generation,
                    io.everwire.Refusal.valueOf(refusal.name()),
                    message == null ? refusal.name() : message);
            connectionError.forEach(listener -> Registrations.guarded(() -> listener.accept(error)));
        }
    }

    private static void call(List<ResponseHeaders.Listener> listeners, AddedHeaders added, RequestHead head) {
        ClientRequest request = new ClientRequest(head);
        listeners.forEach(listener -> Registrations.guarded(() -> listener.on(added, request)));
    }

    private static Verdict accepted(RequestAttributes attributes) {
        return attributes.isEmpty()
                ? Verdict.accept()
                : Verdict.acceptWith(head -> new AttributedHead(head, attributes));
    }

    private static Verdict forbidden(Throwable thrown) {
        Throwable failure = Stages.cause(thrown);
        if (failure instanceof RefusedException refusal) {
            return Verdict.reject(List.of(), Refusal.FORBIDDEN, refusal.getMessage());
        }
        if (failure instanceof HttpRefusedException refusal) {
            Response response = response(refusal);
            return response == null
                    ? Verdict.reject(List.of(), Refusal.FORBIDDEN, null)
                    : Verdict.reject(Refusal.FORBIDDEN, refusal.getMessage(), response);
        }
        filterFailed.error(failure, "allowRequest failed");
        return Verdict.reject(List.of(), Refusal.FORBIDDEN, null);
    }

    /** Returns the verdict of failed middleware: its own response, its own message, or the usual text of the generation. */
    private static Verdict rejection(Throwable thrown, List<String> headers) {
        Throwable failure = Stages.cause(thrown);
        if (failure instanceof HttpRefusedException refusal) {
            Response response = response(refusal);
            return response == null
                    ? Verdict.reject(headers, Refusal.BAD_REQUEST, null)
                    : Verdict.respond(headers, response);
        }
        if (failure instanceof RefusedException refusal) {
            String message = String.valueOf(refusal.getMessage());
            return Verdict.reject(headers, Refusal.BAD_REQUEST, message.isEmpty() ? null : message);
        }
        middlewareFailed.error(failure, "middleware of the engine failed");
        return Verdict.reject(headers, Refusal.BAD_REQUEST, null);
    }

    /** Returns the response of an application; null if it has a header that is not allowed. */
    private static @Nullable Response response(HttpRefusedException refusal) {
        AddedHeaders headers = new AddedHeaders();
        try {
            headers.set("Content-Type", "text/plain; charset=UTF-8");
            for (int i = 0; i < refusal.headers().size(); i += 2) {
                String name = refusal.headers().get(i);
                String value = refusal.headers().get(i + 1);
                if (name.equalsIgnoreCase("Content-Type")) {
                    headers.set(name, value);
                } else {
                    headers.add(name, value);
                }
            }
        } catch (IllegalArgumentException e) {
            badHeader.error(e, "the response of a refusal was not sent");
            return null;
        }
        return new Response(refusal.status(), headers.list(), Bytes.utf8(String.valueOf(refusal.getMessage())));
    }

    /** Passes one request through the middleware: one after the other, on handler threads. */
    private final class MiddlewarePass {
        private final ClientRequest request;
        private final Iterator<EngineMiddleware.Async> rest = middleware.iterator();
        private final AddedHeaders added = new AddedHeaders();
        private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

        MiddlewarePass(RequestHead head) {
            this.request = new ClientRequest(head);
        }

        CompletionStage<Verdict> start() {
            executor.execute(this::next);
            return verdict;
        }

        private void next() {
            try {
                while (rest.hasNext()) {
                    CompletionStage<?> stage =
                            Objects.requireNonNull(rest.next().on(request, added), "middleware returned no stage");
                    if (stage != Stages.DONE) {
                        stage.whenComplete((done, failure) -> resume(failure));
                        return;
                    }
                }
                verdict.complete(Verdict.accept(added.list()));
            } catch (Throwable e) {
                verdict.complete(rejection(e, added.list()));
            }
        }

        private void resume(@Nullable Throwable failure) {
            if (failure == null) {
                executor.execute(this::next);
            } else {
                verdict.complete(rejection(failure, added.list()));
            }
        }
    }
}
