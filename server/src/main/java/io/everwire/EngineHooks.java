package io.everwire;

import io.everwire.engine.RequestInterceptor;
import io.everwire.engine.Verdict;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the application added to the engine, each kind in the order added. */
final class EngineHooks implements RequestInterceptor {
    private static final Logger log = LoggerFactory.getLogger(EngineHooks.class);

    final List<EngineMiddleware.Async> middleware = new CopyOnWriteArrayList<>();
    final List<ResponseHeaders.Listener> initialHeaders = new CopyOnWriteArrayList<>();
    final List<ResponseHeaders.Listener> headers = new CopyOnWriteArrayList<>();
    final List<Consumer<? super ConnectionError>> connectionError = new CopyOnWriteArrayList<>();
    volatile @Nullable Function<? super RequestHead, String> generator;

    private final ConnectionLimits crowd;
    private final @Nullable CookieOptions cookie;
    private final long patience;
    private final Executor executor;
    private final @Nullable RequestDoor door;

    /**
     * @param patience how long middleware may take, in milliseconds
     * @param executor where it runs
     */
    EngineHooks(
            ConnectionLimits crowd,
            @Nullable CookieOptions cookie,
            long patience,
            Executor executor,
            @Nullable RequestDoor door) {
        this.door = door;
        this.crowd = crowd;
        this.cookie = cookie;
        this.patience = patience;
        this.executor = executor;
    }

    @Override
    public @Nullable CompletionStage<Verdict> intercept(RequestHead head) {
        if (middleware.isEmpty()) {
            return null;
        }
        EnginePassage passage = new EnginePassage(head, middleware.iterator(), executor);
        return passage.start();
    }

    @Override
    public @Nullable CompletionStage<Verdict> interceptOpening(RequestHead head) {
        return door == null ? null : door.ask(head);
    }

    @Override
    public long timeoutMillis() {
        return patience;
    }

    @Override
    public boolean admits(RequestHead head) {
        return crowd.hasRoom(head.remoteAddress());
    }

    @Override
    public @Nullable String sessionId(RequestHead head) throws Exception {
        Function<? super RequestHead, String> chosen = generator;
        if (chosen == null) {
            return null;
        }
        String sid = chosen.apply(head);
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
        ResponseHeaders answer = new ResponseHeaders();
        // Not with a WebSocket, which stays with its server by itself (engine.io 6.6.12 as it runs).
        if (cookie != null && !head.upgrade()) {
            answer.set("Set-Cookie", cookie.header(sid));
        }
        tell(initialHeaders, answer, head);
        tell(headers, answer, head);
        return answer.list();
    }

    @Override
    public List<String> headers(RequestHead head) {
        if (headers.isEmpty()) {
            return List.of();
        }
        ResponseHeaders answer = new ResponseHeaders();
        tell(headers, answer, head);
        return answer.list();
    }

    @Override
    public void rejected(RequestHead head, String generation, Refusal refusal, @Nullable String message) {
        if (!connectionError.isEmpty()) {
            ConnectionError error =
                    new ConnectionError(head, generation, refusal, message == null ? refusal.name() : message);
            connectionError.forEach(listener -> NamespaceListeners.guarded(() -> listener.accept(error)));
        }
    }

    /** What middleware that failed has to say: in the words it gave, or none. */
    static Verdict refusal(Throwable failure, List<String> headers) {
        if (failure instanceof HttpRefusedException refusal) {
            Bytes body = Bytes.utf8(String.valueOf(refusal.getMessage()));
            List<String> type = List.of("Content-Type", "text/plain; charset=UTF-8");
            return Verdict.respond(headers, new Response(refusal.status(), type, body));
        }
        if (failure instanceof RefusedException refusal) {
            String message = String.valueOf(refusal.getMessage());
            return Verdict.reject(headers, Refusal.BAD_REQUEST, message.isEmpty() ? null : message);
        }
        log.error("middleware of the engine failed", failure);
        return Verdict.reject(headers, Refusal.BAD_REQUEST, null);
    }

    private static void tell(List<ResponseHeaders.Listener> listeners, ResponseHeaders answer, RequestHead head) {
        listeners.forEach(listener -> NamespaceListeners.guarded(() -> listener.on(answer, head)));
    }
}
