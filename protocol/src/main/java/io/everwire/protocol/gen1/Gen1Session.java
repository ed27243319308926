package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.TransportOptions;
import io.everwire.protocol.WebSocketLine;
import io.everwire.protocol.text.Utf8;
import org.jspecify.annotations.Nullable;

/** One client, whatever its transport: its states, what waits for it, its heartbeats and what it has joined. */
final class Gen1Session implements Session {
    /** The arrows are drawn in the wire card. */
    private enum State {
        NEW,
        HANDSHAKEN,
        OPEN,
        DETACHED,
        CLOSING,
        CLOSED
    }

    private static final long NEVER = Long.MAX_VALUE;

    /** How long a handshake may stay unused: 30 s, looked at every 10 s, in server 0.9.19 ("garbageCollection"). */
    private static final long HANDSHAKE_TIMEOUT = 30_000;

    private final String sid;
    private final SessionListener listener;
    private final SessionOptions options;
    private final Gen1Queue queue = new Gen1Queue();
    private final Gen1Namespaces namespaces = new Gen1Namespaces();
    private State state = State.NEW;
    /** The last one used; the client may change it with any request. */
    private Gen1Transport transport = Gen1Transport.WEBSOCKET;

    private TransportOptions timing = TransportOptions.DEFAULTS;
    /** What carries the next packet: there is one exactly in {@code OPEN}. */
    private @Nullable Gen1Connection connection;
    /** What was written to a connection that is not writable, in bytes. */
    private int unwritten;

    private boolean heartbeatDue;
    /** Why the last connection went, or why the server closes: told if nothing comes in its place. */
    private CloseReason closeReason = CloseReason.TRANSPORT_CLOSE;
    /** When the present state has lasted long enough. */
    private long deadline = NEVER;
    /** The tick asked for that did not come yet: at or before the deadline. */
    private long wakeAt = NEVER;

    Gen1Session(String sid, SessionListener listener, SessionOptions options) {
        this.sid = sid;
        this.listener = listener;
        this.options = options;
    }

    @Override
    public void request(Exchange exchange, long now) {
        String target = exchange.head().target();
        if (state == State.NEW) {
            exchange.reply(Gen1Responses.handshake(exchange, sid, options));
            state = State.HANDSHAKEN;
            setDeadline(now + HANDSHAKE_TIMEOUT);
        } else if (state == State.CLOSED) {
            Gen1Responses.refuse(exchange, Refusal.UNKNOWN_SESSION, null);
        } else if (Gen1Target.disconnects(target)) {
            exchange.reply(Gen1Responses.DISCONNECTED);
            end(CloseReason.CLIENT_NAMESPACE_DISCONNECT);
        } else if (exchange.head().method().equals("POST")) {
            exchange.readBody(options.maxPayload());
        } else {
            Gen1Transport by = Gen1Target.transport(target);
            if (by == null) {
                exchange.drop();
            } else {
                attach(by, Gen1Connection.of(exchange, by), now);
            }
        }
    }

    /** Answered before it is read, as in the original: whatever it says, it has arrived. */
    @Override
    public void body(Exchange exchange, Bytes body, long now) {
        exchange.reply(Gen1Responses.posted(exchange));
        Bytes payload = body;
        if (Gen1Target.transport(exchange.head().target()) == Gen1Transport.JSONP_POLLING) {
            payload = Gen1Form.payload(body);
            if (payload == null) {
                // The original wants to say "parse error, reconnect", and stumbles over the answer already given.
                throw new ProtocolException(CloseReason.PARSE_ERROR, "a form without a payload");
            }
        } else if (!Utf8.isValid(body.array(), body.offset(), body.end())) {
            payload = Bytes.utf8(body.toString());
        }
        Gen1Framing packets = new Gen1Framing(payload);
        for (Bytes packet = packets.next(); packet != null; packet = packets.next()) {
            receive(packet, now);
        }
    }

    /** The session goes on, as in the original: it is for the client to notice, and its clients reconnect. */
    @Override
    public void oversized(Exchange exchange, long now) {
        exchange.reply(Gen1Responses.TOO_LARGE);
    }

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

    /** A line that was replaced or given up has no say any more. */
    @Override
    public void text(WebSocketLine line, Bytes message, long now) {
        if (connection != null && connection.isOn(line)) {
            receive(message, now);
        }
    }

    @Override
    public void binary(WebSocketLine line, Bytes message, long now) {
        if (connection != null && connection.isOn(line)) {
            throw new ProtocolException(CloseReason.PARSE_ERROR, "a binary message in a generation of text");
        }
    }

    @Override
    public void lineClosed(WebSocketLine line, CloseReason reason, long now) {
        if (connection != null && connection.isOn(line)) {
            detach(reason, now);
        }
    }

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

    @Override
    public int waiting() {
        return connection == null ? queue.size() : connection.writable() ? 0 : unwritten;
    }

    @Override
    public void tick(long now) {
        wakeAt = NEVER;
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

    /** A client that is sent away is told so, as long as it may come back for it: otherwise it would reconnect. */
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

    /** Whether the client shall stay away; after all other ends it shall come again, and does. */
    private static boolean forbidsReconnect(CloseReason reason) {
        return switch (reason) {
            case FORCED_CLOSE, FORCED_SERVER_CLOSE, SERVER_NAMESPACE_DISCONNECT, CLIENT_NAMESPACE_DISCONNECT -> true;
            case TRANSPORT_CLOSE, TRANSPORT_ERROR, PING_TIMEOUT, PARSE_ERROR, SERVER_SHUTTING_DOWN -> false;
        };
    }

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
            next.sendAll(queue.drain());
            next.close();
            connection = null;
            end(closeReason);
            return;
        }
        if (moved) {
            listener.transport(by.wireName());
        }
        flush(next, now);
        if (before == State.HANDSHAKEN) {
            namespaces.startJoin(Packet.ROOT);
            listener.packet(new Packet.Connect(Packet.ROOT, null));
        }
    }

    private void flush(Gen1Connection open, long now) {
        boolean waited = !queue.isEmpty();
        if (waited) {
            open.sendAll(queue.drain());
        }
        if (waited && open.isPoll()) {
            detach(CloseReason.TRANSPORT_CLOSE, now);
        } else {
            setDeadline(open.isPoll() ? now + transport.pollDuration(timing) : nextHeartbeat(now));
        }
    }

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
                // Whether anybody hears it or not, and before: as in the original.
                write(Gen1Encoder.receipt(packet.namespace(), packet.id()), now);
            }
            receive(packet, now);
        }
    }

    private void receive(Gen1Packet packet, long now) {
        String namespace = packet.namespace();
        boolean connect = packet.type() == Gen1Packet.CONNECT;
        if (state == State.CLOSED) {
            return;
        }
        if (namespaces.isJoining(namespace)) {
            if (namespaces.queue(packet) > options.maxQueued()) {
                throw new ProtocolException(CloseReason.TRANSPORT_ERROR, "too much said to a namespace not joined yet");
            }
        } else if (connect && namespaces.isJoined(namespace)) {
            // Clients join again whatever they had joined when they reconnect, and what they asked before that as well.
            write(Gen1Encoder.encode(new Packet.Connect(namespace, null)).text(), now);
        } else if (connect || namespaces.isJoined(namespace)) {
            deliver(packet);
        }
    }

    private void deliver(Gen1Packet packet) {
        Packet decoded = Gen1Decoder.read(packet, options.maxDepth());
        if (decoded instanceof Packet.Connect) {
            namespaces.startJoin(packet.namespace());
        } else if (decoded instanceof Packet.Disconnect) {
            namespaces.leave(packet.namespace());
        }
        if (decoded != null) {
            listener.packet(decoded);
        }
    }

    private void joinAnswered(String namespace, boolean admitted, long now) {
        for (Gen1Packet packet : namespaces.answer(namespace, admitted)) {
            receive(packet, now);
        }
    }

    private void receiveHeartbeat(long now) {
        if (heartbeatDue) {
            heartbeatDue = false;
            setDeadline(nextHeartbeat(now));
        }
    }

    /** No copy is made of what all receivers share. */
    private void write(Bytes packet, long now) {
        write(packet, SendOptions.PLAIN, now);
    }

    private void write(Bytes packet, SendOptions sendOptions, long now) {
        Gen1Connection open = connection;
        boolean waits = open == null || !open.writable();
        if (waits && packet.length() > options.maxQueued() - (open == null ? queue.size() : unwritten)) {
            end(CloseReason.TRANSPORT_ERROR);
        } else if (open == null) {
            queue.add(packet);
        } else {
            unwritten = waits ? unwritten + packet.length() : 0;
            open.send(packet, sendOptions);
            if (open.isPoll()) {
                detach(CloseReason.TRANSPORT_CLOSE, now);
            }
        }
    }

    private void connectionTimedOut(Gen1Connection open, long now) {
        if (open.isPoll()) {
            write(Gen1Encoder.NOOP, now);
        } else if (heartbeatDue) {
            end(CloseReason.PING_TIMEOUT);
        } else {
            heartbeatDue = true;
            setDeadline(now + transport.heartbeatTimeout(timing));
            write(Gen1Encoder.HEARTBEAT, now);
        }
    }

    private long nextHeartbeat(long now) {
        return transport.heartbeatTimeout(timing) > 0 ? now + transport.heartbeatInterval(timing) : NEVER;
    }

    /** The present state may last until then. Asks for a tick only if none is due before. */
    private void setDeadline(long time) {
        deadline = time;
        if (time < wakeAt) {
            wakeAt = time;
            listener.wakeAt(time);
        }
    }

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

    /** The one way out. A session that was closing tells the reason it was given then. */
    private void end(CloseReason reason) {
        if (state == State.CLOSED) {
            return;
        }
        CloseReason reported = state == State.CLOSING ? closeReason : reason;
        state = State.CLOSED;
        deadline = NEVER;
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
