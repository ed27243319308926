package io.everwire.servlet;

import io.everwire.engine.Engine;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EventLoop;
import io.everwire.engine.HostExchange;
import io.everwire.engine.MemoryBudget;
import io.everwire.engine.RateLimitedLog;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Generation;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request that the engine answers, and the state of its response.
 *
 * <p>The engine and sessions call the methods of {@link HostExchange} from any thread, unless stated otherwise; the
 * exchange then continues on its strand. The container's thread calls {@link #serve}, which answers at once what the
 * engine answers at once, and makes all other requests asynchronous.
 */
final class ServletExchange implements HostExchange, ExchangeBody.Owner, ResponseOutput.Owner {
    /** The state of the response, on the strand. A state only changes to one that stands below it. */
    private enum State {
        /** No response was given and no WebSocket was granted. */
        PENDING,
        /** A WebSocket was granted; the container's thread upgrades the connection. */
        UPGRADING,
        /** A streamed response has begun; pieces may follow. */
        STREAMING,
        /** Complete, aborted, upgraded, or the connection closed. Every further call of the engine is ignored. */
        ENDED
    }

    private static final RateLimitedLog failed = new RateLimitedLog(ServletExchange.class);

    private final ServletHost host;
    private final Engine engine;
    private final ServletRequestHead head;
    private final ContainerRequest container;
    private final ExchangeBody body;
    private final List<String> headers = new ArrayList<>(0);

    private final UpgradeVerdict verdict = new UpgradeVerdict();

    /** That of the session once it is known, unless the request was asynchronous before. */
    private volatile Strand strand;

    private State state = State.PENDING;

    /** The session of the request, or of the WebSocket that it becomes. Null while neither is known. */
    private volatile @Nullable EngineSession session;

    /** The response, or the beginning of a streamed one. Set once. */
    private volatile @Nullable PreparedResponse response;

    /** Writes the body of a response that is streamed or large. */
    private @Nullable ResponseOutput output;

    private volatile boolean lost;
    private boolean claimed;

    ServletExchange(
            ServletHost host, HttpServletRequest request, HttpServletResponse response, ServletRequestHead head) {
        this.host = host;
        this.engine = host.engine();
        this.strand = host.strand(request, head.upgrade());
        this.head = head;
        this.container = new ContainerRequest(request, response, this::connectionLost);
        this.body = new ExchangeBody(host, container, this);
    }

    // The container's side

    /**
     * Serves the request. Called once, in the filter, on the container's thread.
     *
     * @return false if it is the application's; then nothing was done
     */
    boolean serve() throws IOException {
        if (!container.request().isAsyncSupported()) {
            return engine.claims(this) && rejectSynchronous();
        }
        if (!strand.tryRun(this::begin)) {
            if (!engine.claims(this)) {
                return false;
            }
            strand.execute(this::begin);
        } else if (!claimed) {
            return false;
        }
        if (head.upgrade()) {
            verdict.await(host, limit -> strand.enter(() -> abandonUpgrade(limit)));
            EngineSession granted = session;
            if (granted != null && response == null) {
                upgradeConnection(granted);
                return true;
            }
        }
        respondOrWait();
        return true;
    }

    private void begin() {
        try {
            claimed = engine.serve(this);
        } catch (RuntimeException e) {
            claimed = true;
            failed.error(e, "a request could not be served");
            onStrand(() -> respond(PreparedResponse.closing(500, "The server failed.\n", headers)));
        } finally {
            verdict.begun();
        }
    }

    /** Answers a request that may have to wait, in a chain of filters that does not permit it. */
    private boolean rejectSynchronous() throws IOException {
        host.asyncMissing(container.request());
        container.writeInFilter(PreparedResponse.closing(500, AsyncCheck.ANSWER, List.of()));
        return true;
    }

    /** Writes a small response that is known already; otherwise the request becomes asynchronous. */
    private void respondOrWait() throws IOException {
        PreparedResponse known = container.state().answered() ? response : null;
        if (known != null && container.fits(known)) {
            container.writeInFilter(known);
            return;
        }
        container.startAsync(known == null || known.streamed() ? body.listener() : null);
        if (container.state().async()) {
            strand.enter(this::send);
        }
        body.limit();
    }

    /** Rejects a request for a WebSocket, unless it was decided before. */
    private void abandonUpgrade(ReachedLimit limit) {
        if (state != State.PENDING) {
            return;
        }
        engine.limits().report(limit, "a request for a WebSocket was rejected");
        respond(PreparedResponse.closing(
                503, "The limit " + limit.option() + " = " + limit.limit() + " is reached.\n", headers));
    }

    private void upgradeConnection(EngineSession granted) throws IOException {
        container.state().endInFilter();
        List<String> added = List.copyOf(headers);
        if (!host.webSockets().upgrade(container.request(), container.response(), head, added, granted, strand)) {
            granted.lineFailed();
            if (!container.response().isCommitted()) {
                PreparedResponse.closing(500, "", List.of()).writeHead(container.response(), true);
            }
        }
    }

    // The engine's side

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public int keptBytes() {
        return head.bytes();
    }

    @Override
    public boolean serves(Generation generation) {
        return host.serves(generation);
    }

    @Override
    public EventLoop loop() {
        return strand;
    }

    @Override
    public void assign(EngineSession owner) {
        session = owner;
        // No other thread knows the exchange yet. Its session then answers without a task for another strand.
        if (container.inFilter() && owner.loop() instanceof Strand known) {
            strand = known;
        }
    }

    @Override
    public void upgrade(EngineSession owner) {
        if (state == State.PENDING) {
            state = State.UPGRADING;
            session = owner;
            verdict.decided();
        } else {
            owner.lineFailed();
        }
    }

    @Override
    public boolean abandoned() {
        return state == State.ENDED;
    }

    @Override
    public boolean connected() {
        return !lost;
    }

    @Override
    public void header(String name, String value) {
        headers.add(name);
        headers.add(value);
    }

    @Override
    public void readBody(int limit) {
        onStrand(() -> body.request(limit));
    }

    /** {@inheritDoc} Throws on the calling thread if a header cannot be sent: the response is built there. */
    @Override
    public void reply(Response whole) {
        PreparedResponse built = PreparedResponse.whole(head, engine.coded(head, whole), headers);
        onStrand(() -> respond(built));
    }

    /** {@inheritDoc} Throws on the calling thread if a header cannot be sent, as {@link #reply} does. */
    @Override
    public void start(Response beginning) {
        PreparedResponse built = PreparedResponse.beginning(beginning, headers);
        onStrand(() -> startStream(built));
    }

    @Override
    public void write(Bytes piece) {
        onStrand(() -> {
            if (state == State.STREAMING && output != null) {
                output.add(piece);
            }
        });
    }

    @Override
    public void finish() {
        onStrand(() -> {
            if (state == State.STREAMING && output != null) {
                end();
                output.finish();
            }
        });
    }

    @Override
    public boolean writable() {
        ResponseOutput known = output;
        return known == null || known.writable();
    }

    @Override
    public void drop() {
        onStrand(() -> {
            if (state == State.STREAMING) {
                end();
                cutStream();
            } else {
                respond(PreparedResponse.closing(400, "", headers));
            }
        });
    }

    // On the strand

    private void respond(PreparedResponse whole) {
        if (state != State.PENDING) {
            return;
        }
        boolean closes = body.closesConnection() || "websocket".equalsIgnoreCase(head.header("Upgrade"));
        end();
        answer(closes ? whole.last() : whole);
    }

    private void startStream(PreparedResponse beginning) {
        if (state != State.PENDING) {
            return;
        }
        state = State.STREAMING;
        body.discardUnrequested();
        output = newOutput(true);
        output.add(beginning.body());
        answer(beginning);
    }

    /** The filter sends the response if it is still there; otherwise it is sent now. */
    private void answer(PreparedResponse known) {
        response = known;
        boolean left = container.state().answer();
        verdict.decided();
        if (!left) {
            send();
        }
    }

    private void send() {
        PreparedResponse known = response;
        if (known == null) {
            return;
        }
        known = body.isLeft() ? known.last() : known;
        if (container.fits(known)) {
            container.writeAndComplete(known);
            return;
        }
        ResponseOutput target = output;
        if (target == null) {
            target = newOutput(false);
            output = target;
            target.add(known.body());
            target.finish();
        }
        container.open(known, target);
        if (known.streamed()) {
            body.readOn();
        }
    }

    private ResponseOutput newOutput(boolean flushes) {
        MemoryBudget.Holder peer = MemoryBudget.Holder.of(() -> strand.execute(this::failed));
        return new ResponseOutput(container.state(), this, flushes, peer, engine.budget()::hold);
    }

    private void cutStream() {
        if (output != null) {
            output.discard();
        }
        container.abort();
    }

    // From the body, on the strand

    @Override
    public Strand strand() {
        return strand;
    }

    @Override
    public HostExchange exchange() {
        return this;
    }

    @Override
    public @Nullable EngineSession reader() {
        return state == State.ENDED || state == State.UPGRADING ? null : session;
    }

    @Override
    public boolean isStreaming() {
        return state == State.STREAMING;
    }

    /** {@inheritDoc} The session receives nothing more of it. */
    @Override
    public void rejected(EngineSession by, Refusal refusal) {
        session = null;
        engine.reject(this, by, refusal);
    }

    /** {@inheritDoc} Notifies the session that the request has ended. */
    @Override
    public void rejectBody(int status, String text) {
        EngineSession owner = session;
        if (state == State.STREAMING) {
            end();
            cutStream();
        } else {
            respond(PreparedResponse.closing(status, text, headers));
        }
        if (owner != null) {
            owner.gone(this);
        }
    }

    private void end() {
        state = State.ENDED;
        body.end();
    }

    private void onStrand(Runnable task) {
        if (strand.inLoop()) {
            task.run();
        } else {
            strand.execute(task);
        }
    }

    // From the container, on any thread

    /** {@inheritDoc} The peer of a malformed body can still read the response. */
    @Override
    public void bodyBroken() {
        if (state == State.PENDING) {
            rejectBody(400, "The body of the request is malformed.\n");
        } else {
            failed();
        }
    }

    @Override
    public void written() {
        container.complete();
    }

    @Override
    public void failed() {
        container.abort();
        connectionLost();
    }

    @Override
    public void writableChanged() {
        EngineSession owner = session;
        if (owner != null) {
            owner.writableChanged();
        }
    }

    /** Notifies the session once, and not after a complete response. */
    private void connectionLost() {
        lost = true;
        strand.execute(() -> {
            EngineSession owner = session;
            if (output != null) {
                output.discard();
            }
            if (state != State.ENDED && state != State.UPGRADING) {
                end();
                if (owner != null) {
                    owner.gone(this);
                }
            }
        });
    }
}
