package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Generation;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.WebSocketLine;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one session: calls from any thread reach it one at a time, in the order of each thread, on the event loop of the
 * connection that the session uses.
 */
public final class EngineSession extends SerialExecutor {
    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);
    private static final RateLimitedLog sessionFailed = new RateLimitedLog(EngineSession.class);
    private static final RateLimitedLog notClosed = new RateLimitedLog(EngineSession.class);
    private static final AtomicReferenceFieldUpdater<EngineSession, SessionState> STATE =
            AtomicReferenceFieldUpdater.newUpdater(EngineSession.class, SessionState.class, "state");

    private final String sid;
    private final Generation generation;
    private final Engine engine;
    private final OutboundQueue outbound;
    private final EngineSessionListener client;
    private final SessionEvents events;
    private final Session session;

    /** See {@link HostLines}. */
    private @Nullable Object lines;

    /** Null while the client is read. */
    private @Nullable PausedInput paused;

    /** Written by any thread that closes the session, otherwise on the event loop. */
    private volatile SessionState state = SessionState.OPENING;

    /** A {@link SmallList} of options. */
    private @Nullable Object limitsReached;

    private int openPosts;

    /** The bytes that the session keeps; −1 once it is closed. Set by {@link SessionTable}, which holds this. */
    int kept;

    /** Set if it keeps much. As {@link #kept}. */
    SessionTable.@Nullable Heavy heavy;

    /** Counts the input that is not handled yet; null while it was always little. Used in the session's turns. */
    private @Nullable PendingInput pendingInput;

    /** The client has sent a second request whole, or has a WebSocket. Two threads may both set it. */
    private boolean used;

    /** Opens the session, on {@code loop}. */
    EngineSession(Engine engine, Generation generation, String sid, RequestHead head, EventLoop loop) {
        super(loop);
        this.engine = engine;
        this.generation = generation;
        this.sid = sid;
        this.outbound = new OutboundQueue(this);
        this.client = engine.clients().open(this, head);
        this.events = new SessionEvents(this, client);
        this.session = generation.open(sid, head, events, options(), engine.now());
    }

    /** Returns the private session id. */
    String sid() {
        return sid;
    }

    /** Returns the generation that this session speaks. */
    public Generation generation() {
        return generation;
    }

    /** Returns the receiver of what the session reports. */
    SessionEvents events() {
        return events;
    }

    /** Ends the opening phase and runs the tasks queued during it. */
    void opened() {
        EngineObserver observer = engine.observer();
        if (observer != null) {
            observer.opened(generation.name());
        }
        leave(now());
    }

    // Called by the host

    /** See {@link Session#request}. */
    void request(Exchange exchange) {
        turn((session, now) -> {
            client.requestReceived(exchange.head());
            outbound.requestArrives(exchange.head(), now);
            session.request(exchange, now);
        });
    }

    /** Notes that a request other than the first one has arrived whole, or a WebSocket. Called on any event loop. */
    void use() {
        if (!used) {
            used = true;
            engine.sessions().used(this);
        }
    }

    /** Adds {@code delta} to the bytes that are kept as long as the session is open. Any thread. */
    public void keepMore(int delta) {
        engine.sessions().keepMore(this, delta);
    }

    /** See {@link Session#body}. */
    public void body(Exchange exchange, Bytes body) {
        use();
        turn((session, now) -> {
            events.received(body);
            if (paused == null || state == SessionState.CLOSED) {
                session.body(exchange, body, now);
            } else {
                paused.add(exchange, body);
            }
        });
    }

    /** Adds to the number of requests whose bodies are incomplete, and returns the number. Any thread. */
    public synchronized int openPosts(int more) {
        return openPosts += more;
    }

    /** See {@link Session#oversized}. */
    public void oversized(Exchange exchange) {
        turn((session, now) -> session.oversized(exchange, now));
    }

    /** See {@link Session#gone}. */
    public void gone(Exchange exchange) {
        turn((session, now) -> {
            if (paused != null) {
                paused.remove(exchange);
            }
            session.gone(exchange, now);
        });
    }

    /** A WebSocket was opened. A session that has no other one moves to the event loop of its connection. */
    public void lineOpened(HostLine line) {
        if (line.eventLoop() != loop()) {
            engine.add(line.eventLoop());
            turn((session, now) -> {
                if (lines == null) {
                    moveTo(line.eventLoop());
                }
            });
        }
        turn((session, now) -> {
            lines = SmallList.with(lines, line);
            use();
            if (paused != null) {
                HostLines.call(line, at -> at.reading(false));
            }
            client.requestReceived(line.head());
            session.lineOpened(line, now);
        });
    }

    /** A WebSocket was granted, but its handshake failed. A session that was to begin with it is closed. */
    public void lineFailed() {
        turn((session, now) -> {
            if (state.isUnreached()) {
                session.close(CloseReason.TRANSPORT_ERROR, now);
            }
        });
    }

    /** See {@link Session#text}; called on {@link HostLine#eventLoop}. */
    public void text(WebSocketLine line, Bytes message) {
        message(line, message, true);
    }

    /** See {@link Session#binary}; called on {@link HostLine#eventLoop}. */
    public void binary(WebSocketLine line, Bytes message) {
        message(line, message, false);
    }

    private void message(WebSocketLine line, Bytes message, boolean text) {
        if (enter()) {
            long now = now();
            try {
                read(line, message, text, now);
            } catch (RuntimeException | Error e) {
                failed(e);
            }
            leave(now);
        } else {
            turn((session, now) -> read(line, message, text, now));
        }
    }

    private void read(WebSocketLine line, Bytes message, boolean text, long now) {
        events.received(message);
        if (text) {
            session.text(line, message, now);
        } else {
            session.binary(line, message, now);
        }
    }

    /** {@link WebSocketLine#writable} has changed for a WebSocket. The end of the turn looks at it again. */
    public void writableChanged() {
        execute(() -> {});
    }

    /** Receives the flushed bytes that a WebSocket's peer has not taken. On {@link HostLine#eventLoop}. */
    public void unread(long bytes) {
        if (loop().inLoop()) {
            outbound.flushed(bytes);
        }
    }

    /** See {@link Session#lineClosed}. */
    public void lineClosed(WebSocketLine line, CloseReason reason) {
        turn((session, now) -> {
            lines = SmallList.without(lines, line);
            session.lineClosed(line, reason, now);
            if (lines != null) {
                moveTo(HostLines.eventLoop(lines));
            }
        });
    }

    // Called by the server

    /** Sends a packet to the client. Any thread; packets of one thread arrive in its order. */
    public void send(Encoded encoded) {
        send(encoded, Delivery.RELIABLE);
    }

    /**
     * As {@link #send(Encoded)}. Allocates nothing in a turn that begins on the event loop.
     *
     * @return null if the packet was accepted: it may still be dropped in its turn if the client then takes no data. A
     *     reliable packet is dropped only if too many bytes are on the way to the event loop; the client is closed then
     */
    public @Nullable DropCause send(Encoded encoded, Delivery delivery) {
        return enter() ? sendNow(encoded, delivery, now()) : outbound.submit(encoded, delivery);
    }

    /** As {@link #send(Encoded, Delivery)}, for a caller that has read the clock already (benchmark fanout). */
    @Nullable
    DropCause send(Encoded encoded, Delivery delivery, long now) {
        return enter() ? sendNow(encoded, delivery, now) : outbound.submit(encoded, delivery);
    }

    private @Nullable DropCause sendNow(Encoded encoded, Delivery delivery, long now) {
        DropCause cause = null;
        try {
            cause = outbound.send(encoded, delivery, now);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        leave(now);
        return cause;
    }

    /** See {@link OutboundQueue#enqueue}. */
    boolean enqueue(Encoded encoded, Delivery delivery, Reservation reservation) {
        return outbound.enqueue(encoded, delivery, reservation);
    }

    /** Reports a limit that the client passed, if any, once for each option. Any thread. */
    public void limitReached(@Nullable ReachedLimit reached, String effect) {
        turn((session, now) -> limitsReached = engine.limits().report(reached, effect, limitsReached));
    }

    /** See {@link EngineSessionListener#inputLimit}. Any thread. */
    public int inputLimit() {
        return client.inputLimit();
    }

    /** Returns the limit of the input of all clients. Any thread. */
    public MemoryBudget inputBudget() {
        return engine.input();
    }

    /** Returns the bytes queued for the client, including those on the way to its event loop. Any thread. */
    public int waiting() {
        return outbound.queued();
    }

    /** Stops or resumes reading: meanwhile, bodies stay unanswered, which slows the client down. Any thread. */
    public void reading(boolean on) {
        turn((session, now) -> {
            PausedInput before = paused;
            paused = on ? null : before == null ? new PausedInput() : before;
            HostLines.call(lines, line -> line.reading(on));
            if (on && before != null) {
                before.tasks().forEach(body -> perform(body, now));
            }
        });
    }

    /** Closes the session; nothing more that its client sends is passed on. Any thread. */
    public void close(CloseReason reason) {
        STATE.updateAndGet(this, SessionState::ended);
        turn((session, now) -> session.close(reason, now));
    }

    /** Returns whether the session is closed, or will be when its client has received the last packets. Any thread. */
    public boolean ending() {
        return state.isEnding();
    }

    /** Runs {@code task} in the session's turn, in order with all other calls. Any thread. */
    public void execute(Runnable task) {
        turn((session, now) -> task.run());
    }

    /** Runs {@code task} after a delay, as {@link #execute} does, even if the session is closed by then. */
    public Future<?> schedule(Runnable task, long delayMillis) {
        return loop().schedule(() -> execute(task), delayMillis);
    }

    // Called by the parts of the session
    /** A transport reaches the client. Called in the session's turn. */
    void reached() {
        STATE.updateAndGet(this, SessionState::reached);
    }

    /** Returns whether {@link #ended} was called. */
    boolean closed() {
        return state == SessionState.CLOSED;
    }

    /** The session has ended. Called once, in its turn. */
    void ended(CloseReason reason) {
        state = SessionState.CLOSED;
        engine.closed(this, reason);
        client.closed(reason);
        if (paused != null && !paused.isEmpty()) {
            // The session rejects them now: no later call resumes reading.
            reading(true);
        }
    }

    Session session() {
        return session;
    }

    Engine engine() {
        return engine;
    }

    boolean hasLine() {
        return lines != null;
    }

    /** Has the WebSockets call {@link #unread} after the next flush. Called in the session's turn. */
    void countFlushed() {
        HostLines.call(lines, HostLine::tellUnread);
    }

    /** Drops the kept volatile packets of a namespace that the client has left. Any thread. */
    public void dropLatest(String namespace) {
        outbound.dropLatest(namespace);
    }

    /** All queued bytes are on the way to the client. Called in the session's turn. */
    void drained() {
        client.drained();
    }

    /** Closes the session at once to free memory. Any thread. */
    public void evict() {
        outbound.discard();
        turn((session, now) -> {
            HostLines.call(lines, HostLine::abort);
            session.close(CloseReason.EVICTED, now);
        });
    }

    // One at a time

    private void turn(SessionTask.Step step) {
        run(SessionTask.of(step));
    }

    @Override
    long now() {
        return engine.now();
    }

    @Override
    void tasksTaken(int bytes) {
        outbound.tasksTaken(bytes);
    }

    @Override
    void turnEnds() {
        outbound.turnEnds();
        int unhandled = state == SessionState.CLOSED ? 0 : session.incomplete() + (paused == null ? 0 : paused.bytes());
        pendingInput = PendingInput.count(pendingInput, this, unhandled);
    }

    @Override
    void perform(SessionTask task, long now) {
        try {
            task.run(session, now);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Closes the session because of an exception, which is logged and not passed on. */
    private void failed(Throwable thrown) {
        STATE.updateAndGet(this, SessionState::ended);
        CloseReason reason = CloseReason.FORCED_SERVER_CLOSE;
        if (thrown instanceof ProtocolException peer) {
            reason = peer.reason();
            limitReached(peer.limit(), "the client was closed");
            log.debug("{} session closed: {}", generation.name(), LogSanitizer.of(peer.getMessage()));
        } else {
            sessionFailed.error(thrown, "{} session closed because of an error of the server", generation.name());
        }
        try {
            session.close(reason, engine.now());
        } catch (RuntimeException | Error again) {
            notClosed.error(again, "{} session could not be closed", generation.name());
            // A session and its WebSockets end together, even if there is no memory for a close frame.
            HostLines.call(lines, HostLine::abort);
            events.closed(reason);
        }
    }

    SessionOptions options() {
        return engine.options().session(generation);
    }
}
