package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Generation;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects hosts with sessions: hosts pass every request to {@link #serve}. Holds the table of sessions. Any thread may
 * call it.
 */
public final class Engine {
    private static final RateLimitedLog withoutId = new RateLimitedLog(Engine.class);
    private static final RateLimitedLog idInUse = new RateLimitedLog(Engine.class);

    private final EngineOptions options;
    private final EngineSessionListener.Factory clients;
    private final LongSupplier clock;
    private final RequestInterceptor interceptor;
    private final @Nullable EngineObserver observer;
    private final LimitLog limits;
    private final Cors cors;
    private final Claims claims;
    private final OutputBudget budget;
    private final MemoryBudget input;
    private final EventLoops loops;
    private final SessionTable sessions;

    /** Requests that are to open a session and have no verdict yet. */
    private final AtomicInteger undecided = new AtomicInteger();

    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private volatile boolean closing;
    private volatile boolean rejectsOpenings;

    /**
     * Accepts every request and has no observer.
     *
     * @param generations the generations, in the order they are asked to claim a request
     * @param clients makes the listener of each session that is opened
     * @param clock milliseconds that only move forward
     */
    public Engine(
            EngineOptions options,
            List<Generation> generations,
            EngineSessionListener.Factory clients,
            LongSupplier clock) {
        this(options, generations, clients, clock, RequestInterceptor.NONE, null);
    }

    /**
     * @param generations the generations, in the order they are asked to claim a request
     * @param clients makes the listener of each session that is opened
     * @param clock milliseconds that only move forward
     */
    public Engine(
            EngineOptions options,
            List<Generation> generations,
            EngineSessionListener.Factory clients,
            LongSupplier clock,
            RequestInterceptor interceptor,
            @Nullable EngineObserver observer) {
        this.options = options;
        this.clients = clients;
        this.clock = clock;
        this.interceptor = interceptor;
        this.observer = observer;
        this.loops = new EventLoops(LoopLag.of(observer, this::closing));
        this.limits = new LimitLog(observer);
        this.cors = new Cors(options.origins(), options.proxies(), clock);
        this.claims = new Claims(options, List.copyOf(generations));
        MemoryLimits memory = options.memory();
        this.budget = new OutputBudget(memory.queued(), limits, observer);
        this.input = new MemoryBudget("maxInputBytesTotal", memory.input(), limits, null);
        this.sessions = new SessionTable(options, clock, limits);
    }

    /** Returns the options. */
    public EngineOptions options() {
        return options;
    }

    /**
     * Registers an event loop for {@link #inLoop}: called when a host binds, for each new connection of others, and by
     * {@link #serve}. The event loop is held weakly: the host must hold it as long as it uses it.
     */
    public void add(EventLoop loop) {
        loops.add(loop);
    }

    /** Returns the log of the limits that clients passed. */
    public LimitLog limits() {
        return limits;
    }

    /** Returns whether the calling thread is an event loop of a host: it must not wait for sessions. */
    public boolean inLoop() {
        return loops.inLoop();
    }

    /** Returns the number of sessions. */
    public int size() {
        return sessions.size();
    }

    /** Adds the headers to a response of the host by which a page that may use the server may read it. */
    public void admit(HostExchange exchange) {
        cors.admit(exchange);
    }

    /**
     * Takes a request of the server, which is answered now or later.
     *
     * @return false if it is not the server's; then nothing was done and it is the application's
     */
    public boolean serve(HostExchange exchange) {
        loops.add(exchange.loop());
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

    /** Returns whether {@link #serve} takes a request, for hosts that must know it earlier. Any thread. */
    public boolean claims(HostExchange exchange) {
        return claims.find(exchange.head(), exchange::serves) != null;
    }

    /**
     * Returns a whole response in the form that the client takes: compressed if it is worth it. Hosts call it before
     * they send it.
     */
    public Response coded(RequestHead head, Response response) {
        return ContentCoding.apply(head, response, options.compression().httpThreshold());
    }

    /**
     * Rejects new sessions from now on and closes the existing ones: at once if nothing is queued, otherwise when all
     * queued bytes are on the way ({@link EngineSessionListener#drained}), or with {@link #closeNow}.
     *
     * @return completed when the last session is closed
     */
    public CompletableFuture<Void> close() {
        rejectsOpenings = true;
        closing = true;
        // Twice, so that packets sent before are counted: the number of queued bytes is known at the end of a turn.
        sessions.all().forEach(session -> session.execute(() -> session.execute(() -> closeIfDrained(session))));
        checkEmptied();
        return emptied;
    }

    /** Rejects new sessions from now on, and closes open ones without queued bytes until {@code left} stay. Any thread. */
    public void closeDownTo(int left) {
        rejectsOpenings = true;
        sessions.closeDownTo(left);
    }

    /** Closes the remaining sessions, in the way the Node server does when it is closed. */
    public void closeNow() {
        sessions.all().forEach(session -> session.close(CloseReason.SERVER_SHUTTING_DOWN));
    }

    /** Closes the sessions on event loops that are about to shut down, at once. */
    public void closeOn(Collection<? extends EventLoop> ending) {
        sessions.closeOn(ending);
    }

    /** Returns whether it was closed. */
    public boolean closing() {
        return closing;
    }

    private static void closeIfDrained(EngineSession session) {
        // Once: a second close ends a session at once, without its last packets.
        if (session.waiting() == 0 && !session.ending()) {
            session.close(CloseReason.SERVER_SHUTTING_DOWN);
        }
    }

    /**
     * Lets a thread that sends to many clients wait for event loops that are behind, at most a second. Returns at once
     * on an event loop. Called before a broadcast, while holding no lock that an event loop may need.
     */
    public void pace() {
        if (budget.crowded(now()) && !inLoop()) {
            budget.pace();
        }
    }

    /** Returns the limit of the bytes queued for all clients together. */
    public OutputBudget budget() {
        return budget;
    }

    /** Returns the limit of the bytes that arrived from all clients and are not handled yet. */
    public MemoryBudget input() {
        return input;
    }

    /** Returns the memory that open sessions keep, in bytes. */
    public long keptBytes() {
        return sessions.kept();
    }

    SessionTable sessions() {
        return sessions;
    }

    @Nullable
    EngineObserver observer() {
        return observer;
    }

    EngineSessionListener.Factory clients() {
        return clients;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Removes a closed session. */
    void closed(EngineSession session, CloseReason reason) {
        sessions.remove(session);
        if (observer != null) {
            observer.closed(session.generation().name(), reason);
        }
        checkEmptied();
    }

    private void checkEmptied() {
        if (closing && sessions.isEmpty()) {
            emptied.complete(null);
        }
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
            limits.report(reached, "a connection was rejected");
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
        if (more > options.maxSessions()) {
            return new ReachedLimit("maxSessions", options.maxSessions(), more);
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
        if (closing) {
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
        RequestHead head = verdict.kept().apply(options.proxies().seenThrough(exchange.kept()));
        EngineSession session =
                new EngineSession(this, generation, sid == null ? IdGenerator.next() : sid, head, exchange.loop());
        if (sessions.add(session)) {
            sessions.keep(session, SessionTable.SESSION + exchange.keptBytes());
            return session;
        }
        idInUse.error("a session was not opened: its generated id is in use");
        session.opened();
        session.close(CloseReason.FORCED_CLOSE);
        return null;
    }

    /** Rejects a request in the form of its session's generation. */
    public void reject(HostExchange exchange, EngineSession session, Refusal refusal) {
        reject(exchange, session.generation(), Verdict.reject(refusal, null));
    }

    private void reject(HostExchange exchange, Generation generation, Verdict verdict) {
        Refusal refusal = Objects.requireNonNull(verdict.refusal(), "the verdict is no rejection");
        interceptor.rejected(client(exchange), generation.name(), refusal, verdict.message());
        if (observer != null) {
            observer.refused(generation.name(), refusal);
        }
        verdict.reply(exchange, generation, refusal);
    }

    /** Returns the request as its client sent it: with the address that trusted proxies report. */
    private RequestHead client(HostExchange exchange) {
        return options.proxies().seenThrough(exchange.head());
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
