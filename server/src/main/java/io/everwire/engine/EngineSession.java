package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.WebSocketLine;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one session lives: whatever happens to it, from whichever thread, happens here one call at a time, in the order
 * each thread gave, on the loop of the connection that the session uses.
 */
public final class EngineSession extends OutboundQueue {
    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);
    private final String sid;
    private final Generation generation;
    private final Engine engine;
    private final Session session;
    private final EngineSessionListener client;

    /** What waits while nothing is read: a request or two. Unchangeable. */
    private List<Body> unread = List.of();
    /** {@link StandingLines}. */
    private @Nullable Object lines;

    private boolean paused;
    private long wakeTime = Long.MAX_VALUE;
    private @Nullable Future<?> wakeup;
    private boolean started;
    private volatile boolean ending;
    private boolean over;

    /** Opens the session, on {@code loop}. */
    EngineSession(Engine engine, Generation generation, String sid, RequestHead head, EventLoop loop) {
        super(loop);
        this.engine = engine;
        this.generation = generation;
        this.sid = sid;
        this.client = engine.clients().open(this, head);
        this.session = generation.open(sid, head, new Listener(), options(), engine.now());
    }

    /** The private session id. */
    String sid() {
        return sid;
    }

    /** The generation this session speaks. */
    public Generation generation() {
        return generation;
    }

    /** The loop it runs on at the moment: that of its oldest WebSocket, or of the request that opened it. */
    @Override
    public EventLoop loop() {
        return super.loop();
    }

    /** Ends the state of being opened: what was told in the meantime is worked off. */
    void opened() {
        leave(now());
    }

    // From the host

    /** See {@link Session#request}. */
    void request(Exchange exchange) {
        turn((session, now) -> {
            client.requestReceived(exchange.head());
            session.request(exchange, now);
        });
    }

    /** See {@link Session#body}. */
    public void body(Exchange exchange, Bytes body) {
        run(new Body(exchange, body));
    }

    /** See {@link Session#oversized}. */
    public void oversized(Exchange exchange) {
        turn((session, now) -> session.oversized(exchange, now));
    }

    /** See {@link Session#gone}. */
    public void gone(Exchange exchange) {
        turn((session, now) -> {
            unread = unread.stream()
                    .filter(waiting -> waiting.exchange != exchange)
                    .toList();
            session.gone(exchange, now);
        });
    }

    /** A WebSocket stands; a session that has no other moves to the loop of its connection. */
    public void lineOpened(HostLine line) {
        if (line.eventLoop() != loop()) {
            turn((session, now) -> {
                if (lines == null) {
                    moveTo(line.eventLoop());
                }
            });
        }
        turn((session, now) -> {
            lines = StandingLines.with(lines, line);
            if (paused) {
                StandingLines.tell(line, at -> at.reading(false));
            }
            client.requestReceived(line.head());
            session.lineOpened(line, now);
        });
    }

    /** A WebSocket that was granted did not come about. If the session was to start with it, it ends. */
    public void lineFailed() {
        turn((session, now) -> {
            if (!started) {
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
        if (text) {
            session.text(line, message, now);
        } else {
            session.binary(line, message, now);
        }
    }

    /** What {@link WebSocketLine#writable} says of a line has changed: what waits now is found out when a turn ends. */
    public void writableChanged() {
        execute(() -> {});
    }

    /**
     * How much of what was flushed a line's peer has not taken, in bytes: told after each flush that leaves something, when that has
     * changed, and when {@link HostLine#tellUnread} asked for it. Called on {@link HostLine#eventLoop}.
     */
    public void unread(long bytes) {
        if (loop().inLoop()) {
            flushed(bytes);
        }
    }

    /** See {@link Session#lineClosed}. */
    public void lineClosed(WebSocketLine line, CloseReason reason) {
        turn((session, now) -> {
            lines = StandingLines.without(lines, line);
            session.lineClosed(line, reason, now);
            if (lines != null) {
                moveTo(StandingLines.all(lines).get(0).eventLoop());
            }
        });
    }

    // From the server

    /** Sends to the client. Any thread; what one thread sends arrives in its order. */
    public void send(Encoded encoded) {
        send(encoded, Delivery.RELIABLE);
    }

    /**
     * As {@link #send(Encoded)}.
     *
     * @return false if it was dropped at once; what was not may still be, if the client turns out to take nothing. What may wait
     *     is dropped only if too much is on its way here already, and then the client is closed
     */
    @Override
    public boolean send(Encoded encoded, Delivery delivery) {
        return super.send(encoded, delivery);
    }

    /** How much waits for the client, in bytes, with what was sent a moment ago and is still on its way here. Any thread. */
    @Override
    public int waiting() {
        return super.waiting();
    }

    /**
     * As {@link #send}, but leaves it to the caller to have {@link #work} called on {@link #loop()}: one task can then do
     * so for many slots.
     *
     * @return whether it must be called
     */
    boolean enqueue(Encoded encoded, Delivery delivery) {
        SessionTask later = later(encoded, delivery);
        return later != null && add(later);
    }

    /**
     * Stops listening to the client, or listens again: its WebSocket is not read, the bodies of its requests wait
     * unanswered. The client is kept waiting instead of our memory being filled. Any thread.
     */
    public void reading(boolean on) {
        turn((session, now) -> {
            paused = !on;
            StandingLines.tell(lines, line -> line.reading(on));
            if (on) {
                List<Body> waiting = unread;
                unread = List.of();
                waiting.forEach(body -> perform(body, now));
            }
        });
    }

    /** Ends the session; nothing more that its client sends is heard. Any thread. */
    @Override
    public void close(CloseReason reason) {
        ending = true;
        turn((session, now) -> session.close(reason, now));
    }

    /** Whether it has ended, or will as soon as its client has come for what it is owed. Any thread. */
    public boolean ending() {
        return ending;
    }

    /** Others need the memory for what waits for its client. */
    @Override
    void evict() {
        keepNothing();
        turn((session, now) -> {
            StandingLines.tell(lines, HostLine::abort);
            // As a session does in which too much waits.
            session.close(CloseReason.TRANSPORT_ERROR, now);
        });
    }

    @Override
    void sharing() {
        StandingLines.tell(lines, HostLine::tellUnread);
    }

    @Override
    boolean hasLine() {
        return lines != null;
    }

    @Override
    OutputBudget budget() {
        return engine.budget();
    }

    @Override
    Session session() {
        return session;
    }

    @Override
    int maxQueued() {
        return options().maxQueued();
    }

    @Override
    void drained() {
        client.drained();
    }

    private SessionOptions options() {
        return engine.options().session(generation);
    }

    /** Runs {@code task} in the order of everything else that happens to this session. Any thread. */
    public void execute(Runnable task) {
        turn((session, now) -> task.run());
    }

    /** Runs {@code task} after a while, as {@link #execute} does, even if the session ended by then. */
    public Future<?> schedule(Runnable task, long delayMillis) {
        return loop().schedule(() -> execute(task), delayMillis);
    }

    // One at a time

    /** For what happens rarely; the rest are tasks at once. */
    private void turn(Step step) {
        run(new SessionTask() {
            @Override
            void run(Session session, long now) {
                step.run(session, now);
            }
        });
    }

    @Override
    long now() {
        return engine.now();
    }

    @Override
    void perform(SessionTask task, long now) {
        try {
            task.run(session, now);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** The edge of the session: nothing thrown inside it gets further than this. */
    @Override
    void failed(Throwable thrown) {
        ending = true;
        CloseReason reason = CloseReason.FORCED_SERVER_CLOSE;
        if (thrown instanceof ProtocolException peer) {
            reason = peer.reason();
            log.debug("{} session closed: {}", generation.name(), LogSanitizer.of(peer.getMessage()));
        } else {
            log.error("{} session closed by an error of ours", generation.name(), thrown);
        }
        try {
            session.close(reason, engine.now());
        } catch (RuntimeException | Error again) {
            log.error("{} session could not be closed", generation.name(), again);
            new Listener().closed(reason);
        }
    }

    /** Also what the loop's timer runs: an object less for each session. */
    private final class Listener implements SessionListener, Runnable {
        @Override
        public void run() {
            turn((session, now) -> {
                wakeTime = Long.MAX_VALUE;
                if (!over) {
                    session.tick(now);
                }
            });
        }

        @Override
        public void packet(Packet packet) {
            if (!over && !ending) {
                client.packet(packet);
            }
        }

        @Override
        public void wakeAt(long time) {
            if (time < wakeTime && !over) {
                if (wakeup != null) {
                    wakeup.cancel(false);
                }
                wakeTime = time;
                wakeup = loop().schedule(this, Math.max(0, time - engine.now()));
            }
        }

        @Override
        public void transport(String name) {
            started = true;
            if (!over) {
                client.transport(name);
            }
        }

        @Override
        public void closed(CloseReason reason) {
            if (!over) {
                over = true;
                if (wakeup != null) {
                    wakeup.cancel(false);
                }
                engine.forget(EngineSession.this);
                client.closed(reason);
                if (!unread.isEmpty()) {
                    // The session refuses them now: nobody is left to say "read on".
                    reading(true);
                }
            }
        }
    }

    private interface Step {
        void run(Session session, long now);
    }

    /** A body: it waits while nothing is read. */
    private final class Body extends SessionTask {
        private final Exchange exchange;
        private final Bytes body;

        Body(Exchange exchange, Bytes body) {
            this.exchange = exchange;
            this.body = body;
        }

        @Override
        void run(Session session, long now) {
            if (paused && !over) {
                unread = Stream.concat(unread.stream(), Stream.of(this)).toList();
            } else {
                session.body(exchange, body, now);
            }
        }
    }
}
