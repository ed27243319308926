package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.Response;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.TransportOptions;
import io.everwire.protocol.WebSocketLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The session of one client on any transport: its states, its queue, its heartbeats and its reconnects.
 *
 * <p>Runs in the session's turn. The connection changes with each poll; the queue bridges the time between two of them.
 */
final class Gen0Session implements Session {
    /**
     * The states; the wire card shows their transitions. NEW: no request was received. OPEN: a connection carries the
     * next payload. DETACHED: the client may reconnect. CLOSING: the server has closed, and queued frames await the
     * client's next connection. CLOSED: nothing more is sent or received.
     */
    private enum State {
        NEW,
        OPEN,
        DETACHED,
        CLOSING,
        CLOSED
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final Response OK = new Response(200, List.of("Content-Type", "text/plain"), Bytes.utf8("ok"));
    /** Ours: the original read bodies of any size (S6). */
    private static final Response TOO_LARGE =
            new Response(413, List.of("Content-Type", "text/plain"), Bytes.utf8("too large"));

    private final String sid;
    private final Gen0Transport transport;
    private final SessionListener listener;
    private final SessionOptions options;
    private final TransportOptions timing;
    private final Gen0Queue queue = new Gen0Queue();
    private State state = State.NEW;
    /** The connection that carries the next payload; not null exactly in {@code OPEN}. */
    private @Nullable Gen0Connection connection;
    /** Bytes written to the connection since it was last found writable. */
    private int unwritten;

    /** The number of the last heartbeat. Not reset when the client reconnects. */
    private int heartbeats;
    /** Set while the last heartbeat is unanswered. */
    private boolean echoDue;
    /**
     * The reason that the last connection ended with, or that the server closes with. Reported if no connection
     * follows.
     */
    private CloseReason closeReason = CloseReason.TRANSPORT_CLOSE;
    /** The time at which the present state, or the connection, times out. */
    private long deadline = NEVER;
    /** The earliest tick asked for that did not arrive yet; at or before the deadline. */
    private long wakeAt = NEVER;

    /** Creates the session of a request that {@link Gen0#claim} accepted; that request follows. */
    Gen0Session(String sid, Gen0Transport transport, SessionListener listener, SessionOptions options) {
        this.sid = sid;
        this.transport = transport;
        this.listener = listener;
        this.options = options;
        this.timing = options.transport(transport.wireName());
    }

    /**
     * Accepts a poll or stream as the new connection, or asks for the body of a POST.
     *
     * <p>A request of another transport, or for a closed session, is dropped without a byte: the clients take every
     * response for data.
     */
    @Override
    public void request(Exchange exchange, long now) {
        String target = exchange.head().target();
        boolean mine = state == State.NEW || Gen0Target.names(target, transport, sid);
        boolean post = exchange.head().method().equals("POST");
        if (state == State.CLOSED || transport.isLine() || !mine || (post && state == State.NEW)) {
            exchange.drop();
        } else if (post) {
            exchange.readBody(options.maxPayload());
        } else {
            attach(connectionOf(exchange), now);
        }
    }

    @Override
    public void body(Exchange exchange, Bytes body, long now) {
        if (state == State.CLOSED) {
            exchange.drop();
            return;
        }
        // Only JSON-P sends by an HTML form, which alters the payload.
        boolean form = transport == Gen0Transport.JSONP_POLLING;
        Bytes payload = form ? Gen0Form.repairedData(body) : Gen0Form.data(body);
        try {
            if (payload != null && state != State.CLOSING) {
                receive(payload, now);
            }
        } finally {
            // Answered even if a handler of the application throws: the clients await this response before they send
            // again.
            exchange.reply(OK);
        }
    }

    /** Closes the session, because the client takes the response for its end. */
    @Override
    public void oversized(Exchange exchange, long now) {
        exchange.reply(TOO_LARGE);
        close(CloseReason.TRANSPORT_ERROR, now);
    }

    /**
     * Only the connection of the current poll or stream counts: a kept-alive connection that once carried a poll may
     * end at any time (F6).
     */
    @Override
    public void gone(Exchange exchange, long now) {
        if (connection != null && connection.isOn(exchange)) {
            detach(CloseReason.TRANSPORT_CLOSE, now);
        }
    }

    @Override
    public void lineOpened(WebSocketLine line, long now) {
        boolean mine = state == State.NEW || Gen0Target.names(line.head().target(), transport, sid);
        if (state == State.CLOSED || !transport.isLine() || !mine) {
            line.close(WebSocketLine.NO_STATUS);
        } else {
            attach(new Gen0WebSocket(line), now);
        }
    }

    /** Messages of a WebSocket that was superseded or aborted are ignored (F8). */
    @Override
    public void text(WebSocketLine line, Bytes message, long now) {
        if (connection != null && connection.isOn(line)) {
            receive(message, now);
        }
    }

    /** Closes the session: the clients send text only. */
    @Override
    public void binary(WebSocketLine line, Bytes message, long now) {
        if (connection != null && connection.isOn(line)) {
            throw new ProtocolException(CloseReason.PARSE_ERROR, "a binary message; the 0.6 protocol is text only");
        }
    }

    @Override
    public void lineClosed(WebSocketLine line, CloseReason reason, long now) {
        if (connection != null && connection.isOn(line)) {
            detach(reason, now);
        }
    }

    /** Sends one frame. In {@code CLOSING} and {@code CLOSED} it is dropped. */
    @Override
    public void send(Encoded encoded, long now) {
        if (state == State.CLOSED || state == State.CLOSING) {
            return;
        }
        if (!encoded.text().isEmpty()) {
            write(encoded.text(), encoded.options().uncompressed(), now);
        }
        if (encoded.last()) {
            close(CloseReason.FORCED_CLOSE, now);
        }
    }

    @Override
    public boolean writable() {
        return connection != null && connection.writable();
    }

    /** Returns the queued bytes; while a connection is open, those it did not take yet. */
    @Override
    public int waiting() {
        return connection == null ? queue.size() : connection.writable() ? 0 : unwritten;
    }

    @Override
    public void tick(long now) {
        wakeAt = NEVER;
        // The tick was for a deadline that has moved since, which happens with every poll: ask again.
        if (now < deadline) {
            setDeadline(deadline);
            return;
        }
        deadline = NEVER;
        if (connection != null) {
            connectionTimedOut(connection, now);
        } else {
            end(closeReason);
        }
    }

    /**
     * Ends the session. Queued frames are still sent with the next poll, as long as the client may reconnect; not to a
     * client that violated the protocol.
     */
    @Override
    public void close(CloseReason reason, long now) {
        if (state == State.DETACHED && !queue.isEmpty() && !isBroken(reason)) {
            state = State.CLOSING;
            closeReason = reason;
        } else if (state != State.CLOSING) {
            end(reason);
        }
    }

    private static boolean isBroken(CloseReason reason) {
        return switch (reason) {
            case PARSE_ERROR, TRANSPORT_ERROR, QUEUE_OVERFLOW, EVICTED -> true;
            default -> false;
        };
    }

    /** Returns the connection of a GET. A stream begins its response here. */
    private Gen0Connection connectionOf(Exchange exchange) {
        return switch (transport) {
            case XHR_POLLING -> new Gen0Poll(exchange);
            case JSONP_POLLING ->
                new Gen0Jsonp(exchange, Gen0Target.index(exchange.head().target()));
            case HTMLFILE -> new Gen0Htmlfile(exchange);
            case XHR_MULTIPART -> new Gen0Multipart(exchange);
            case SERVER_EVENTS -> new Gen0ServerEvents(exchange);
            case WEBSOCKET, FLASHSOCKET ->
                throw new AssertionError(transport + ": a WebSocket transport was accepted as a request");
        };
    }

    /**
     * Makes {@code next} the connection, and sends the handshake or the queue on it.
     *
     * <p>A poll carries one payload: in the first one the session id stands alone, so the queue is left to the next
     * poll.
     */
    private void attach(Gen0Connection next, long now) {
        if (connection != null) {
            connection.supersede();
        }
        State before = state;
        state = State.OPEN;
        connection = next;
        unwritten = 0;
        echoDue = false;
        boolean first = before == State.NEW;
        if (first) {
            sendHandshake(next);
        }
        // The application may have sent while it was notified above: a stream or WebSocket takes that at once.
        boolean queued = !queue.isEmpty() && !(first && next.isPoll());
        if (queued) {
            next.send(queue.drain());
        }
        // The server closed while the client was away. The client has received the queued frames now.
        if (before == State.CLOSING) {
            end(closeReason);
        } else if (next.isPoll() && (first || queued)) {
            detach(CloseReason.TRANSPORT_CLOSE, now);
        } else {
            setDeadline(next.isPoll() ? now + transport.pollDuration(timing) : nextHeartbeat(now));
        }
    }

    /**
     * Sends the session id, then reports the client. In this order, as in the original: the id is alone in the first
     * payload, before the application can send.
     */
    private void sendHandshake(Gen0Connection first) {
        first.send(Gen0Framing.frame(Bytes.utf8(sid)));
        listener.transport(transport.wireName());
        listener.packet(new Packet.Connect(Packet.ROOT, null));
    }

    /** Reads all frames of a payload. The original discarded the frames behind a heartbeat (F1). */
    private void receive(Bytes payload, long now) {
        Gen0Framing frames = new Gen0Framing(payload);
        for (Bytes body = frames.next(); body != null; body = frames.next()) {
            if (Gen0Codec.isHeartbeat(body)) {
                receiveEcho(body, now);
            } else {
                Packet message = Gen0Codec.decode(body, options.maxDepth());
                if (message == null) {
                    listener.limitReached(ReachedLimit.depth(body, options.maxDepth()), "a message was dropped");
                } else {
                    listener.packet(message);
                }
            }
        }
    }

    /** Only an echo of the newest number counts; other messages do not replace it. */
    private void receiveEcho(Bytes body, long now) {
        if (echoDue && Gen0Codec.isEcho(body, heartbeats)) {
            echoDue = false;
            listener.heartbeat(now - deadline + transport.heartbeatTimeout(timing));
            setDeadline(nextHeartbeat(now));
        }
    }

    /**
     * Sends or queues one frame, or closes the session if the limit {@code maxQueued} is exceeded.
     *
     * <p>While a connection is open, each frame is a payload of its own, so that the bytes that all receivers share are
     * not copied.
     */
    private void write(Bytes frame, SendOptions sendOptions, long now) {
        Gen0Connection open = connection;
        boolean blocked = open == null || !open.writable();
        // Bytes that the host holds for a slow reader count like queued frames.
        if (blocked && frame.length() > options.maxQueued() - (open == null ? queue.size() : unwritten)) {
            listener.limitReached(ReachedLimit.beyond("maxQueuedBytes", options.maxQueued()), "the client was closed");
            abortConnection();
            end(CloseReason.QUEUE_OVERFLOW);
        } else if (open == null) {
            queue.add(frame);
        } else {
            unwritten = blocked ? unwritten + frame.length() : 0;
            open.send(frame, sendOptions);
            if (open.isPoll()) {
                detach(CloseReason.TRANSPORT_CLOSE, now);
            }
        }
    }

    /**
     * Handles the deadline of a connection: an idle poll is answered empty; otherwise a heartbeat is missing or due.
     */
    private void connectionTimedOut(Gen0Connection open, long now) {
        if (open.isPoll()) {
            open.send(Bytes.EMPTY);
            detach(CloseReason.TRANSPORT_CLOSE, now);
        } else if (echoDue) {
            abortConnection();
            detach(CloseReason.PING_TIMEOUT, now);
        } else {
            open.send(Gen0Codec.heartbeat(++heartbeats));
            echoDue = true;
            setDeadline(now + transport.heartbeatTimeout(timing));
        }
    }

    /** Drops the connection, if any, with all bytes that the peer did not take. */
    private void abortConnection() {
        if (connection != null) {
            connection.abort();
            connection = null;
        }
    }

    /** Returns the time of the next heartbeat, never for transports without them. */
    private long nextHeartbeat(long now) {
        return transport.heartbeatTimeout(timing) > 0 ? now + transport.heartbeatInterval(timing) : NEVER;
    }

    /**
     * Sets the time at which the present state times out. Asks for a tick only if none is due before, so that a poll
     * costs no timer.
     */
    private void setDeadline(long time) {
        deadline = time;
        if (time < wakeAt) {
            wakeAt = time;
            listener.wakeAt(time);
        }
    }

    /** The connection ended: the client may reconnect within {@code closeTimeout}, if that is not 0. */
    private void detach(CloseReason reason, long now) {
        connection = null;
        closeReason = reason;
        long closeTimeout = transport.closeTimeout(timing);
        if (closeTimeout > 0) {
            state = State.DETACHED;
            setDeadline(now + closeTimeout);
        } else {
            end(reason);
        }
    }

    /** Ends the session: the only transition to {@code CLOSED}. */
    private void end(CloseReason reason) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        deadline = NEVER;
        queue.clear();
        if (connection != null) {
            connection.close();
            connection = null;
        }
        listener.closed(reason);
    }
}
