package io.everwire.engine;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects hosts with sessions: hosts pass every request to {@link #serve}. Holds the table of sessions. Any thread may
 * call it.
 */
public final class Engine {
    private final EngineOptions options;
    private final EngineSessionListener.Factory clients;
    private final LongSupplier clock;
    private final @Nullable EngineObserver observer;
    private final LimitLog limits;
    private final Cors cors;
    private final OutputBudget budget;
    private final MemoryBudget input;
    private final EventLoops loops;
    private final SessionTable sessions;
    private final SessionRequests requests;
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private volatile boolean closing;

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
        this.observer = observer;
        this.loops = new EventLoops(LoopLag.of(observer, this::closing));
        this.limits = new LimitLog(observer);
        this.cors = new Cors(options.origins(), options.proxies(), clock);
        MemoryLimits memory = options.memory();
        this.budget = new OutputBudget(memory.queued(), limits, observer);
        this.input = new MemoryBudget("maxInputBytesTotal", memory.input(), limits, null);
        this.sessions = new SessionTable(options, clock, limits);
        Claims claims = new Claims(options, List.copyOf(generations));
        this.requests = new SessionRequests(this, claims, cors, interceptor);
    }

    /** Returns the options. */
    public EngineOptions options() {
        return options;
    }

    /**
     * Registers an event loop for {@link #inLoop}. A host calls it for each of its event loops when it binds, or, for
     * those of others, for each new connection: before {@link #serve} in any case. The event loop is held weakly: the
     * host must hold it as long as it uses it.
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
        return requests.serve(exchange);
    }

    /** Returns whether {@link #serve} takes a request, for hosts that must know it earlier. Any thread. */
    public boolean claims(HostExchange exchange) {
        return requests.claims(exchange);
    }

    /** Rejects a request in the form of its session's generation. */
    public void reject(HostExchange exchange, EngineSession session, Refusal refusal) {
        requests.reject(exchange, session.generation(), Verdict.reject(refusal, null));
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
        requests.rejectOpenings();
        closing = true;
        // Twice, so that packets sent before are counted: the number of queued bytes is known at the end of a turn.
        sessions.all().forEach(session -> session.execute(() -> session.execute(() -> closeIfDrained(session))));
        checkEmptied();
        return emptied;
    }

    /** Rejects new sessions from now on, and closes open ones without queued bytes until {@code left} stay. Any thread. */
    public void closeDownTo(int left) {
        requests.rejectOpenings();
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
}
