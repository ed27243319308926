package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Generation;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes each request to its session, which it finds or opens, or rejects it: asks the generations, the origins, the
 * interceptor of the application and the limits. Used on the event loop of each request, by several at a time.
 */
final class SessionRequests {
    private static final RateLimitedLog withoutId = new RateLimitedLog(SessionRequests.class);
    private static final RateLimitedLog idInUse = new RateLimitedLog(SessionRequests.class);

    private final Engine engine;
    private final Claims claims;
    private final Cors cors;
    private final RequestInterceptor interceptor;
    private final SessionTable sessions;

    /** Requests that are to open a session and have no verdict yet. */
    private final AtomicInteger undecided = new AtomicInteger();

    private volatile boolean rejectsOpenings;

    SessionRequests(Engine engine, Claims claims, Cors cors, RequestInterceptor interceptor) {
        this.engine = engine;
        this.claims = claims;
        this.cors = cors;
        this.interceptor = interceptor;
        this.sessions = engine.sessions();
    }

    /** Rejects requests that open sessions from now on. Any thread. */
    void rejectOpenings() {
        rejectsOpenings = true;
    }

    /** See {@link Engine#serve}. */
    boolean serve(HostExchange exchange) {
        RequestHead head = exchange.head();
        Claims.Found found = claims.find(head, exchange::serves);
        if (found == null) {
            return false;
        }
        if (found.file() != null) {
            cors.admit(exchange);
            exchange.reply(found.file());
        } else if (Cors.isPreflight(head)) {
            cors.admit(exchange);
            exchange.reply(new Response(204, List.of(), Bytes.EMPTY));
        } else {
            intercept(exchange, found.generation(), found.claim());
        }
        return true;
    }

    /** See {@link Engine#claims}. */
    boolean claims(HostExchange exchange) {
        return claims.find(exchange.head(), exchange::serves) != null;
    }

    private void intercept(HostExchange exchange, Generation generation, Claim claim) {
        boolean allowed = cors.admit(exchange);
        // A page that is not listed must not start code of the application, or read its responses.
        CompletionStage<Verdict> stage = allowed ? interceptor.intercept(client(exchange)) : null;
        if (stage == null) {
            handle(exchange, generation, claim, allowed);
        } else {
            await(exchange, stage, verdict -> {
                if (accepts(exchange, generation, verdict)) {
                    handle(exchange, generation, claim, allowed);
                }
            });
        }
    }

    private void await(HostExchange exchange, CompletionStage<Verdict> stage, Consumer<Verdict> then) {
        new PendingVerdict(exchange.loop(), then).await(stage, interceptor.timeoutMillis());
    }

    /** Carries out a verdict. Returns whether the request is still to be handled. */
    private boolean accepts(HostExchange exchange, Generation generation, Verdict verdict) {
        if (exchange.abandoned()) {
            return false;
        }
        exchange.headers(verdict.headers());
        if (verdict.refusal() != null) {
            reject(exchange, generation, verdict);
        } else if (verdict.response() != null) {
            exchange.reply(verdict.response());
        } else {
            return true;
        }
        return false;
    }

    private void handle(HostExchange exchange, Generation generation, Claim claim, boolean allowed) {
        if (claim instanceof Claim.Refuse refuse) {
            reject(exchange, generation, Verdict.reject(refuse.refusal(), null));
        } else if (claim instanceof Claim.Answer answer) {
            exchange.reply(answer.response());
        } else if (exchange.head().draft() && !generation.drafts()) {
            reject(exchange, generation, Verdict.reject(Refusal.BAD_REQUEST, null));
        } else if (!allowed) {
            reject(exchange, generation, Verdict.reject(Refusal.FORBIDDEN, null));
        } else if (claim instanceof Claim.Resume resume) {
            resume(exchange, generation, resume.sid());
        } else {
            interceptOpening(exchange, generation);
        }
    }

    private void resume(HostExchange exchange, Generation generation, String sid) {
        EngineSession session = sessions.get(sid);
        if (session == null || session.generation() != generation) {
            reject(exchange, generation, Verdict.reject(Refusal.UNKNOWN_SESSION, null));
        } else {
            if (!exchange.head().method().equals("POST")) {
                session.use();
            }
            exchange.headers(interceptor.headers(client(exchange)));
            enter(exchange, session);
        }
    }

    private void interceptOpening(HostExchange exchange, Generation generation) {
        RequestHead client = client(exchange);
        if (rejectsOpenings) {
            reject(exchange, generation, Verdict.reject(Refusal.OVERLOADED, null));
            return;
        }
        ReachedLimit reached = reached(client);
        if (reached != null) {
            engine.limits().report(reached, "a connection was rejected");
            reject(exchange, generation, Verdict.reject(Refusal.OVERLOADED, reached.toString()));
            return;
        }
        CompletionStage<Verdict> stage = interceptor.interceptOpening(client);
        if (stage == null) {
            open(exchange, generation, Verdict.accept());
        } else {
            undecided.incrementAndGet();
            await(exchange, stage, verdict -> {
                undecided.decrementAndGet();
                if (accepts(exchange, generation, verdict)) {
                    open(exchange, generation, verdict);
                }
            });
        }
    }

    /** Returns the limit that one more session of a client would pass, or null. */
    private @Nullable ReachedLimit reached(RequestHead client) {
        int more = sessions.size() + undecided.get() + 1;
        if (more > engine.options().maxSessions()) {
            return new ReachedLimit("maxSessions", engine.options().maxSessions(), more);
        }
        ReachedLimit reached = sessions.reached(SessionTable.SESSION);
        return reached == null ? interceptor.reached(client) : reached;
    }

    /** Opens a session for an accepted request. Called on the event loop of its connection. */
    private void open(HostExchange exchange, Generation generation, Verdict verdict) {
        if (rejectsOpenings) {
            reject(exchange, generation, Verdict.reject(Refusal.OVERLOADED, null));
            return;
        }
        EngineSession session = newSession(exchange, generation, verdict);
        if (session == null) {
            reject(exchange, generation, Verdict.reject(Refusal.BAD_REQUEST, null));
            return;
        }
        exchange.headers(interceptor.openingHeaders(client(exchange), session.sid()));
        session.opened();
        if (!exchange.head().upgrade()) {
            sessions.unused(session, exchange);
        }
        enter(exchange, session);
        if (engine.closing()) {
            session.close(CloseReason.SERVER_SHUTTING_DOWN);
        }
    }

    /** Returns a session in the table, or null if it has no id. */
    private @Nullable EngineSession newSession(HostExchange exchange, Generation generation, Verdict verdict) {
        String sid;
        try {
            sid = interceptor.sessionId(client(exchange));
        } catch (Exception e) {
            withoutId.error(e, "a session was not opened: it has no id");
            return null;
        }
        RequestHead head = verdict.kept().apply(engine.options().proxies().seenThrough(exchange.kept()));
        EngineSession session =
                new EngineSession(engine, generation, sid == null ? IdGenerator.next() : sid, head, exchange.loop());
        if (sessions.add(session)) {
            sessions.keep(session, SessionTable.SESSION + exchange.keptBytes());
            return session;
        }
        idInUse.error("a session was not opened: its generated id is in use");
        session.opened();
        session.close(CloseReason.FORCED_CLOSE);
        return null;
    }

    /** Rejects a request in the form of a generation. */
    void reject(HostExchange exchange, Generation generation, Verdict verdict) {
        Refusal refusal = Objects.requireNonNull(verdict.refusal(), "the verdict is no rejection");
        interceptor.rejected(client(exchange), generation.name(), refusal, verdict.message());
        EngineObserver observer = engine.observer();
        if (observer != null) {
            observer.refused(generation.name(), refusal);
        }
        verdict.reply(exchange, generation, refusal);
    }

    /** Returns the request as its client sent it: with the address that trusted proxies report. */
    private RequestHead client(HostExchange exchange) {
        return engine.options().proxies().seenThrough(exchange.head());
    }

    private static void enter(HostExchange exchange, EngineSession session) {
        if (exchange.head().upgrade()) {
            exchange.upgrade(session);
        } else {
            exchange.assign(session);
            session.request(exchange);
        }
    }
}
