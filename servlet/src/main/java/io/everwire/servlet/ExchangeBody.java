package io.everwire.servlet;

import io.everwire.engine.Engine;
import io.everwire.engine.EngineSession;
import io.everwire.engine.HostExchange;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.Refusal;
import jakarta.servlet.ReadListener;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, from the container to the session, with its limits. Used on the strand, unless stated
 * otherwise.
 */
final class ExchangeBody implements BodyReader.Owner {
    /** The part of an exchange that a body needs. Called on the strand. */
    interface Owner {
        /** Returns the strand of the exchange. Any thread. */
        Strand strand();

        /** Returns the exchange, for the session. */
        HostExchange exchange();

        /** Returns the session that receives the body; null without one, and if the request has ended or is upgraded. */
        @Nullable
        EngineSession reader();

        /** Returns whether a streamed response has begun and not ended. */
        boolean isStreaming();

        /** Rejects the request in the form of a session that does not receive it. */
        void rejected(EngineSession by, Refusal refusal);

        /** Rejects the body by the host itself, or ends the response that has begun. */
        void rejectBody(int status, String text);

        /** The peer disconnected within the body, or it is malformed. */
        void bodyBroken();
    }

    private final Engine engine;
    private final ServletOptions options;
    private final ContainerRequest container;
    private final Owner owner;
    private final RequestBody body;
    private final BodyReader reader;
    private final BodyDeadline deadline;

    /** The container passes on the body as it arrives. */
    private volatile boolean reads;

    /** The session was notified of an oversized body, which happens once. */
    private boolean oversized;

    /** The session that counts this request among those with an incomplete body. */
    private @Nullable EngineSession counting;

    private boolean ended;

    ExchangeBody(ServletHost host, ContainerRequest container, Owner owner) {
        this.container = container;
        this.engine = host.engine();
        this.options = host.options();
        this.owner = owner;
        this.body = new RequestBody(
                container.announcedLength(),
                engine.input(),
                () -> owner.strand().execute(this::hasNoMemory));
        this.reader = new BodyReader(container, body, this);
        this.deadline =
                new BodyDeadline(owner::strand, options, () -> body.full() ? -1 : body.received(), this::tookTooLong);
    }

    // For the filter

    /** Returns the listener of the body for the container; null for a complete one. Called in the filter. */
    @Nullable
    ReadListener listener() {
        reads = !body.complete();
        return reads ? reader : null;
    }

    /** Begins to limit the time, if {@link #listener} returned one. Called in the filter. */
    void limit() {
        if (reads) {
            owner.strand().enter(() -> {
                if (!ended && !body.complete()) {
                    deadline.start();
                }
            });
        }
    }

    // For the exchange

    /** Asks for the body, up to {@code limit} bytes. */
    void request(int limit) {
        EngineSession session = owner.reader();
        if (ended) {
            return;
        }
        if (session != null && !body.complete()) {
            counting = session;
            int most = options.maxOpenPosts();
            if (session.openPosts(1) > most) {
                engine.limits().report(new ReachedLimit("maxOpenPosts", most, most + 1L), "request rejected");
                release();
                owner.rejected(session, Refusal.OVERLOADED);
                return;
            }
        }
        boolean paused = body.full();
        body.request(session == null ? limit : Math.min(limit, session.inputLimit()));
        if (container.inFilter() && !body.oversized()) {
            reader.readInFilter();
        }
        deliver();
        if (paused) {
            reader.read();
        }
    }

    /** Returns whether a response given now must be the last one of its connection. */
    boolean closesConnection() {
        return oversized || body.outstanding() > options.maxDiscarded();
    }

    /**
     * Returns whether a part of the body may be left in the connection: Tomcat would take it for the next request, of
     * another client if a proxy shares the connection.
     */
    boolean isLeft() {
        return reads && !body.complete();
    }

    /** Discards the body unless it was requested. */
    void discardUnrequested() {
        body.discardUnrequested();
    }

    /** Reads on after a pause. */
    void readOn() {
        if (isLeft()) {
            reader.read();
        }
    }

    /** Discards the body, because the exchange ended. */
    void end() {
        ended = true;
        body.discard();
        deadline.cancel();
        release();
    }

    // From the reader, on any thread

    @Override
    public void bodyArrived() {
        owner.strand().enter(this::arrived);
    }

    @Override
    public void bodyBroken() {
        owner.strand().enter(owner::bodyBroken);
    }

    // Inside

    private void arrived() {
        if (owner.isStreaming() && body.discarded() > options.maxDiscarded()) {
            engine.limits().report(ReachedLimit.beyond("maxDiscarded", options.maxDiscarded()), "a response was ended");
            owner.rejectBody(400, "");
        } else {
            deliver();
            rejectUnread();
        }
    }

    /** Hands the body to the session, once it is complete or too large. */
    private void deliver() {
        EngineSession session = owner.reader();
        if (ended || oversized || session == null) {
            return;
        }
        if (body.oversized()) {
            // The limit of a client that has not joined is the smaller one.
            String option =
                    body.limit() < engine.options().session().maxPayload() ? "maxAuthBytes" : "maxHttpBufferSize";
            session.limitReached(new ReachedLimit(option, body.limit(), body.length()), "a request was rejected");
            rejectOversized(session);
        } else if (body.ready()) {
            release();
            deadline.cancel();
            session.body(owner.exchange(), body.take());
        }
    }

    /** Rejects a request of which more arrives, although nobody will read the rest. */
    private void rejectUnread() {
        EngineSession session = owner.reader();
        if (!ended && !oversized && counting != null && session != null && session.ending()) {
            release();
            owner.rejected(session, Refusal.UNKNOWN_SESSION);
        }
    }

    private void hasNoMemory() {
        if (ended || oversized) {
            return;
        }
        EngineSession session = owner.reader();
        if (session == null) {
            owner.rejectBody(503, "The server has no memory for the request.\n");
        } else {
            rejectOversized(session);
        }
    }

    private void rejectOversized(EngineSession session) {
        oversized = true;
        body.discard();
        release();
        session.oversized(owner.exchange());
    }

    private void tookTooLong(ReachedLimit limit) {
        if (!ended && !body.complete()) {
            engine.limits().report(limit, "a request was rejected");
            owner.rejectBody(
                    408, "The body of a request exceeds the limit " + limit.option() + " = " + limit.limit() + ".\n");
        }
    }

    private void release() {
        if (counting != null) {
            counting.openPosts(-1);
            counting = null;
        }
    }
}
