package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.TransportOptions;
import io.everwire.protocol.WebSocketLine;
import io.everwire.protocol.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The session of one client on any transport: its states, its queue, its heartbeats and its namespaces.
 *
 * <p>Runs in the session's turn. The client may change its transport with any request.
 */
final class Gen1Session implements Session {
    /**
     * The states; the wire card shows their transitions. NEW: no request was received. HANDSHAKEN: the id is assigned,
     * no transport is in use. OPEN: a connection carries the next packet. DETACHED: the client may reconnect. CLOSING:
     * the server has closed, and {@code 0::} awaits the client's next connection. CLOSED: nothing more is sent or
     * received.
     */
    private enum State {
        NEW,
        HANDSHAKEN,
        OPEN,
        DETACHED,
        CLOSING,
        CLOSED
    }

    /**
     * The time in which a handshake must be used, in milliseconds: 30 s, checked every 10 s, in server 0.9.19
     * ("garbageCollection").
     */
    private static final long HANDSHAKE_TIMEOUT = 30_000;

    private final String sid;
    private final SessionListener listener;
    private final SessionOptions options;
    private final Gen1Deadline deadline;
    private final Gen1Queue queue = new Gen1Queue();
    private final Gen1Namespaces namespaces = new Gen1Namespaces();
    private State state = State.NEW;
    /** The transport used last; the client may change it with any request. */
    private Gen1Transport transport = Gen1Transport.WEBSOCKET;

    private TransportOptions timing = TransportOptions.DEFAULTS;
    /** The connection that carries the next packet; not null exactly in {@code OPEN}. */
    private @Nullable Gen1Connection connection;
    /** Bytes written to the connection since it was last found writable. */
    private int unwritten;

    /** Set while the last heartbeat is unanswered. */
    private boolean heartbeatDue;
    /** The reason of the last connection's end, or of the server's close. Reported if no connection follows. */
    private CloseReason closeReason = CloseReason.TRANSPORT_CLOSE;

    /** Creates the session of an accepted request, which follows. */
    Gen1Session(String sid, SessionListener listener, SessionOptions options) {
        this.sid = sid;
        this.listener = listener;
        this.options = options;
        this.deadline = new Gen1Deadline(listener);
    }

    /**
     * Answers the handshake, which is the first request; after it accepts polls, streams, POSTs and the request to
     * disconnect.
     */
    @Override
    public void request(Exchange exchange, long now) {
        String target = exchange.head().target();
        if (state == State.NEW) {
            exchange.reply(Gen1Responses.handshake(exchange, sid, options));
            state = State.HANDSHAKEN;
            deadline.set(now + HANDSHAKE_TIMEOUT);
        } else if (state == State.CLOSED) {
            Gen1Responses.refuse(exchange, Refusal.UNKNOWN_SESSION, null);
        } else if (Gen1Target.disconnects(target)) {
            exchange.reply(Gen1Responses.DISCONNECTED);
            end(CloseReason.CLIENT_NAMESPACE_DISCONNECT);
        } else if (exchange.head().method().equals("POST")) {
            exchange.readBody(options.maxPayload());
        } else {
            // Any transport may take over at any time: the client falls back to the next one by itself.
            Gen1Transport by = Gen1Target.transport(target);
            if (by == null) {
                exchange.drop();
            } else {
                attach(by, Gen1Connection.of(exchange, by), now);
            }
        }
    }

    /** Answers a POST before its body is read, as in the original: the response only says that the body arrived. */
    @Override
    public void body(Exchange exchange, Bytes body, long now) {
        exchange.reply(Gen1Responses.posted(exchange));
        Bytes payload = body;
        if (Gen1Target.transport(exchange.head().target()) == Gen1Transport.JSONP_POLLING) {
            payload = Gen1Form.payload(body);
            if (payload == null) {
                // The original means to answer "parse error, reconnect", but fails because it has answered already.
                throw new ProtocolException(CloseReason.PARSE_ERROR, "a form without a payload");
            }
        }
        if (!Utf8.isValid(payload.array(), payload.offset(), payload.end())) {
            // Bytes that are not UTF-8 become U+FFFD, as in the original.
            payload = Bytes.utf8(payload.toString());
        }
        Gen1Framing packets = new Gen1Framing(payload);
        for (Bytes packet = packets.next(); packet != null; packet = packets.next()) {
            receive(packet, now);
        }
    }

    /** Answers 413. The session continues: as in the original, the client must notice the error, and it reconnects. */
    @Override
    public void oversized(Exchange exchange, long now) {
        exchange.reply(Gen1Responses.TOO_LARGE);
    }

    /**
     * Only the connection of the current poll or stream counts: a kept-alive connection that once carried a poll may
     * end at any time.
     */
    @Override
    public void gone(Exchange exchange, long now) {
        if (connection != null && connection.isOn(exchange)) {
            detach(CloseReason.TRANSPORT_CLOSE, now);
        }
    }

    @Override
    public void lineOpened(WebSocketLine line, long now) {
        Gen1Transport by = Gen1Target.transport(line.head().target());
        if (state == State.CLOSED || by == null) {
            line.close(WebSocketLine.NO_STATUS);
        } else {
            attach(by, new Gen1WebSocket(line), now);
        }
    }

    /** Messages of a WebSocket that was superseded or closed are ignored. */
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
            throw new ProtocolException(CloseReason.PARSE_ERROR, "a binary message; protocol 1 is text only");
        }
    }

    @Override
    public void lineClosed(WebSocketLine line, CloseReason reason, long now) {
        if (connection != null && connection.isOn(line)) {
            detach(reason, now);
        }
    }

    /**
     * Sends one packet. A packet that answers a join changes the namespaces afterwards, so that the client receives the
     * answer before the packets that were queued for it are delivered.
     */
    @Override
    public void send(Encoded encoded, long now) {
        if (state == State.CLOSED || state == State.CLOSING) {
            return;
        }
        if (encoded.last()) {
            close(CloseReason.FORCED_CLOSE, now);
            return;
        }
        Bytes packet = encoded.text();
        write(packet, encoded.options().uncompressed(), now);
        switch (Gen1Encoder.type(packet)) {
            case Gen1Packet.DISCONNECT -> namespaces.leave(Gen1Encoder.namespace(packet));
            case Gen1Packet.CONNECT -> joinAnswered(Gen1Encoder.namespace(packet), true, now);
            case Gen1Packet.ERROR -> joinAnswered(Gen1Encoder.namespace(packet), false, now);
            default -> {}
        }
    }

    @Override
    public boolean writable() {
        return connection != null && connection.writable();
    }

    /** Returns the queued bytes; while a connection is open, the bytes that it did not take. */
    @Override
    public int waiting() {
        return connection == null ? queue.size() : connection.writable() ? 0 : unwritten;
    }

    @Override
    public int incomplete() {
        return namespaces.queuedBytes();
    }

    @Override
    public void tick(long now) {
        boolean due = deadline.tick(now);
        if (due && connection != null) {
            connectionTimedOut(connection, now);
        } else if (due) {
            end(closeReason);
        }
    }

    /**
     * Ends the session. A client that must not reconnect receives {@code 0::} with its next poll, as long as it may
     * still poll; without it the client would reconnect.
     */
    @Override
    public void close(CloseReason reason, long now) {
        boolean forbidden = forbidsReconnect(reason);
        if (state == State.DETACHED && forbidden) {
            state = State.CLOSING;
            closeReason = reason;
            queue.add(Gen1Encoder.DISCONNECT_ROOT);
        } else if (state != State.CLOSING || !forbidden) {
            end(reason);
        }
    }

    /** Returns whether the client must not reconnect. After every other reason it should, and does. */
    private static boolean forbidsReconnect(CloseReason reason) {
        return switch (reason) {
            case FORCED_CLOSE, FORCED_SERVER_CLOSE, SERVER_NAMESPACE_DISCONNECT, CLIENT_NAMESPACE_DISCONNECT -> true;
            default -> false;
        };
    }

    /** Makes {@code next} the connection of the session, then sends the queue on it. */
    private void attach(Gen1Transport by, Gen1Connection next, long now) {
        if (connection != null) {
            connection.supersede();
        }
        State before = state;
        boolean moved = before == State.HANDSHAKEN || by != transport;
        state = State.OPEN;
        transport = by;
        timing = options.transport(by.wireName());
        connection = next;
        unwritten = 0;
        heartbeatDue = false;
        if (before == State.CLOSING) {
            endAfterQueue(next);
            return;
        }
        if (moved) {
            listener.transport(by.wireName());
        }
        flush(next, now);
        // The first transport joins the root without a packet of the client.
        if (before == State.HANDSHAKEN) {
            namespaces.startJoin(Packet.ROOT);
            listener.packet(new Packet.Connect(Packet.ROOT, null));
        }
    }

    /** Ends a closing session: the queue ends with {@code 0::}, after which the client does not reconnect. */
    private void endAfterQueue(Gen1Connection open) {
        open.sendAll(queue.drain());
        open.close();
        connection = null;
        end(closeReason);
    }

    /** Sends the queue on a new connection, and sets the deadline of the connection. An answered poll is over. */
    private void flush(Gen1Connection open, long now) {
        boolean queued = !queue.isEmpty();
        if (queued) {
            open.sendAll(queue.drain());
        }
        if (queued && open.isPoll()) {
            detach(CloseReason.TRANSPORT_CLOSE, now);
        } else {
            deadline.set(open.isPoll() ? now + transport.pollDuration(timing) : nextHeartbeat(now));
        }
    }

    /** Reads one packet of the client. Malformed packets are ignored, as in the original. */
    private void receive(Bytes message, long now) {
        boolean accepts = state == State.OPEN || state == State.DETACHED;
        Gen1Packet packet = accepts ? Gen1Packet.read(message) : null;
        if (packet == null) {
            return;
        }
        if (packet.type() == Gen1Packet.HEARTBEAT) {
            receiveHeartbeat(now);
        } else if (packet.type() == Gen1Packet.DISCONNECT && packet.namespace().equals(Packet.ROOT)) {
            end(CloseReason.CLIENT_NAMESPACE_DISCONNECT);
        } else {
            if (packet.wantsReceipt()) {
                // Before the packet is delivered, and even if it never is, as in the original.
                write(Gen1Encoder.receipt(packet.namespace(), packet.id()), now);
            }
            receive(packet, now);
        }
    }

    /**
     * Delivers a packet, queues it while its namespace is being joined, or ignores it if the client is not in that
     * namespace.
     */
    private void receive(Gen1Packet packet, long now) {
        String namespace = packet.namespace();
        boolean connect = packet.type() == Gen1Packet.CONNECT;
        if (state == State.CLOSED) {
            return;
        }
        if (namespaces.isJoining(namespace)) {
            namespaces.queue(packet, options.maxQueued());
        } else if (connect && namespaces.isJoined(namespace)) {
            // A client that reconnects joins again its namespaces, and repeats earlier requests to join.
            write(Gen1Encoder.encode(new Packet.Connect(namespace, null)).text(), now);
        } else if (connect || namespaces.isJoined(namespace)) {
            deliver(packet);
        }
    }

    /** Decodes a packet and passes it to the listener; joins and leaves are recorded first. */
    private void deliver(Gen1Packet packet) {
        Packet decoded = Gen1Decoder.read(packet, options.maxDepth());
        if (decoded == null) {
            listener.limitReached(ReachedLimit.depth(packet.data(), options.maxDepth()), "a packet was dropped");
            return;
        }
        if (decoded instanceof Packet.Connect) {
            namespaces.startJoin(packet.namespace());
        } else if (decoded instanceof Packet.Disconnect) {
            namespaces.leave(packet.namespace());
        }
        listener.packet(decoded);
    }

    /** Records the application's answer to a join, then delivers the packets that were queued for it. */
    private void joinAnswered(String namespace, boolean admitted, long now) {
        for (Gen1Packet packet : namespaces.answer(namespace, admitted)) {
            receive(packet, now);
        }
    }

    /** An unasked heartbeat is ignored; the answer to one starts the interval to the next. */
    private void receiveHeartbeat(long now) {
        if (heartbeatDue) {
            heartbeatDue = false;
            listener.heartbeat(now - deadline.time() + transport.heartbeatTimeout(timing));
            deadline.set(nextHeartbeat(now));
        }
    }

    /** Sends or queues a packet of this session only. */
    private void write(Bytes packet, long now) {
        write(packet, SendOptions.PLAIN, now);
    }

    /** Sends or queues one packet, or closes the session if {@code maxQueued} is exceeded. Shared bytes are not copied. */
    private void write(Bytes packet, SendOptions sendOptions, long now) {
        Gen1Connection open = connection;
        boolean blocked = open == null || !open.writable();
        if (blocked && packet.length() > options.maxQueued() - (open == null ? queue.size() : unwritten)) {
            listener.limitReached(ReachedLimit.beyond("maxQueuedBytes", options.maxQueued()), "the client was closed");
            end(CloseReason.QUEUE_OVERFLOW);
        } else if (open == null) {
            queue.add(packet);
        } else {
            unwritten = blocked ? unwritten + packet.length() : 0;
            open.send(packet, sendOptions);
            if (open.isPoll()) {
                detach(CloseReason.TRANSPORT_CLOSE, now);
            }
        }
    }

    /**
     * Handles the deadline of a connection: an idle poll is answered with {@code 8::}; otherwise a heartbeat is missing
     * or due.
     */
    private void connectionTimedOut(Gen1Connection open, long now) {
        if (open.isPoll()) {
            write(Gen1Encoder.NOOP, now);
        } else if (heartbeatDue) {
            end(CloseReason.PING_TIMEOUT);
        } else {
            heartbeatDue = true;
            deadline.set(now + transport.heartbeatTimeout(timing));
            write(Gen1Encoder.HEARTBEAT, now);
        }
    }

    /** Returns the time of the next heartbeat, never for transports without them. */
    private long nextHeartbeat(long now) {
        return transport.heartbeatTimeout(timing) > 0 ? now + transport.heartbeatInterval(timing) : Gen1Deadline.NEVER;
    }

    /** The connection ended: the client may reconnect within {@code closeTimeout}, if that is not 0. */
    private void detach(CloseReason reason, long now) {
        connection = null;
        closeReason = reason;
        long closeTimeout = transport.closeTimeout(timing);
        if (closeTimeout > 0) {
            state = State.DETACHED;
            deadline.set(now + closeTimeout);
        } else {
            end(reason);
        }
    }

    /**
     * Ends the session: the only transition to {@code CLOSED}. A session in {@code CLOSING} reports the reason that it
     * was closed with.
     */
    private void end(CloseReason reason) {
        if (state == State.CLOSED) {
            return;
        }
        CloseReason reported = state == State.CLOSING ? closeReason : reason;
        state = State.CLOSED;
        deadline.clear();
        queue.clear();
        Gen1Connection last = connection;
        connection = null;
        if (last != null && forbidsReconnect(reason)) {
            last.send(Gen1Encoder.DISCONNECT_ROOT);
            last.close();
        } else if (last != null) {
            last.closeForReconnect();
        }
        listener.closed(reported);
    }
}
