package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.Refusal;
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
        SHAKEN,
        OPEN,
        BETWEEN,
        CLOSING,
        GONE
    }

    private static final long NEVER = Long.MAX_VALUE;

    /** How long a handshake may stay unused: 30 s, looked at every 10 s, in server 0.9.19 ("garbageCollection"). */
    private static final long UNUSED = 30_000;

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
    private @Nullable Gen1Dressing connection;
    /** What was written to a connection that is not writable, in bytes. */
    private int unsent;

    private boolean heartbeatDue;
    /** Why the last connection went, or why the server closes: told if nothing comes in its place. */
    private CloseReason lostBy = CloseReason.TRANSPORT_CLOSE;
    /** When the present state has lasted long enough. */
    private long deadline = NEVER;
    /** The tick asked for that did not come yet: at or before the deadline. */
    private long wake = NEVER;

    Gen1Session(String sid, SessionListener listener, SessionOptions options) {
        this.sid = sid;
        this.listener = listener;
        this.options = options;
    }

    @Override
    public void request(Exchange exchange, long now) {
        String target = exchange.head().target();
        if (state == State.NEW) {
            exchange.reply(Gen1Answers.handshake(exchange, sid, options));
            state = State.SHAKEN;
            until(now + UNUSED);
        } else if (state == State.GONE) {
            Gen1Answers.refuse(exchange, Refusal.UNKNOWN_SESSION, null);
        } else if (Gen1Target.disconnects(target)) {
            exchange.reply(Gen1Answers.DISCONNECTED);
            end(CloseReason.CLIENT_NAMESPACE_DISCONNECT);
        } else if (exchange.head().method().equals("POST")) {
            exchange.readBody(options.maxPayload());
        } else {
            Gen1Transport by = Gen1Target.transport(target);
            if (by == null) {
                exchange.drop();
            } else {
                enter(by, Gen1Dressing.of(exchange, by), now);
            }
        }
    }

    /** Answered before it is read, as in the original: whatever it says, it has arrived. */
    @Override
    public void body(Exchange exchange, Bytes body, long now) {
        exchange.reply(Gen1Answers.posted(exchange));
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
        exchange.reply(Gen1Answers.TOO_LARGE);
    }

    @Override
    public void gone(Exchange exchange, long now) {
        if (connection != null && connection.isOn(exchange)) {
            leave(CloseReason.TRANSPORT_CLOSE, now);
        }
    }

    @Override
    public void lineOpened(WebSocketLine line, long now) {
        Gen1Transport by = Gen1Target.transport(line.head().target());
        if (state == State.GONE || by == null) {
            line.close(WebSocketLine.NO_STATUS);
        } else {
            enter(by, new Gen1Socket(line), now);
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
            leave(reason, now);
        }
    }

    @Override
    public void send(Encoded encoded, long now) {
        if (state == State.GONE || state == State.CLOSING) {
            return;
        }
        if (encoded.last()) {
            close(CloseReason.FORCED_CLOSE, now);
            return;
        }
        Bytes packet = encoded.text();
        write(packet, now);
        switch (Gen1Packets.type(packet)) {
            case Gen1Packet.DISCONNECT -> namespaces.leave(Gen1Packets.namespace(packet));
            case Gen1Packet.CONNECT -> settled(Gen1Packets.namespace(packet), true, now);
            case Gen1Packet.ERROR -> settled(Gen1Packets.namespace(packet), false, now);
            default -> {}
        }
    }

    @Override
    public boolean writable() {
        return connection != null && connection.writable();
    }

    @Override
    public int waiting() {
        return connection == null ? queue.size() : connection.writable() ? 0 : unsent;
    }

    @Override
    public void tick(long now) {
        wake = NEVER;
        if (now < deadline) {
            until(deadline);
            return;
        }
        deadline = NEVER;
        if (connection != null) {
            openLongEnough(connection, now);
        } else {
            end(lostBy);
        }
    }

    /** A client that is sent away is told so, as long as it may come back for it: otherwise it would reconnect. */
    @Override
    public void close(CloseReason reason, long now) {
        boolean farewell = isFarewell(reason);
        if (state == State.BETWEEN && farewell) {
            state = State.CLOSING;
            lostBy = reason;
            queue.add(Gen1Packets.GOODBYE);
        } else if (state != State.CLOSING || !farewell) {
            end(reason);
        }
    }

    /** Whether the client shall stay away; after all other ends it shall come again, and does. */
    private static boolean isFarewell(CloseReason reason) {
        return switch (reason) {
            case FORCED_CLOSE, FORCED_SERVER_CLOSE, SERVER_NAMESPACE_DISCONNECT, CLIENT_NAMESPACE_DISCONNECT -> true;
            case TRANSPORT_CLOSE, TRANSPORT_ERROR, PING_TIMEOUT, PARSE_ERROR, SERVER_SHUTTING_DOWN -> false;
        };
    }

    private void enter(Gen1Transport by, Gen1Dressing next, long now) {
        if (connection != null) {
            connection.replaced();
        }
        State before = state;
        boolean moved = before == State.SHAKEN || by != transport;
        state = State.OPEN;
        transport = by;
        timing = options.transport(by.wireName());
        connection = next;
        unsent = 0;
        heartbeatDue = false;
        if (before == State.CLOSING) {
            next.packets(queue.drain());
            next.finish();
            connection = null;
            end(lostBy);
            return;
        }
        if (moved) {
            listener.transport(by.wireName());
        }
        flush(next, now);
        if (before == State.SHAKEN) {
            namespaces.begin(Packet.ROOT);
            listener.packet(new Packet.Connect(Packet.ROOT, null));
        }
    }

    private void flush(Gen1Dressing open, long now) {
        boolean waited = !queue.isEmpty();
        if (waited) {
            open.packets(queue.drain());
        }
        if (waited && open.once()) {
            leave(CloseReason.TRANSPORT_CLOSE, now);
        } else {
            until(open.once() ? now + transport.pollDuration(timing) : nextHeartbeat(now));
        }
    }

    private void receive(Bytes message, long now) {
        boolean hears = state == State.OPEN || state == State.BETWEEN;
        Gen1Packet packet = hears ? Gen1Packet.read(message) : null;
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
                write(Gen1Packets.receipt(packet.namespace(), packet.id()), now);
            }
            receive(packet, now);
        }
    }

    private void receive(Gen1Packet packet, long now) {
        String namespace = packet.namespace();
        boolean connect = packet.type() == Gen1Packet.CONNECT;
        if (state == State.GONE) {
            return;
        }
        if (namespaces.isJoining(namespace)) {
            if (namespaces.keep(packet) > options.maxQueued()) {
                throw new ProtocolException(CloseReason.TRANSPORT_ERROR, "too much said to a namespace not joined yet");
            }
        } else if (connect && namespaces.isJoined(namespace)) {
            // Clients join again whatever they had joined when they reconnect, and what they asked before that as well.
            write(Gen1Packets.encode(new Packet.Connect(namespace, null)).text(), now);
        } else if (connect || namespaces.isJoined(namespace)) {
            tell(packet);
        }
    }

    private void tell(Gen1Packet packet) {
        Packet told = Gen1Decoder.read(packet, options.maxDepth());
        if (told instanceof Packet.Connect) {
            namespaces.begin(packet.namespace());
        } else if (told instanceof Packet.Disconnect) {
            namespaces.leave(packet.namespace());
        }
        if (told != null) {
            listener.packet(told);
        }
    }

    private void settled(String namespace, boolean admitted, long now) {
        for (Gen1Packet packet : namespaces.settle(namespace, admitted)) {
            receive(packet, now);
        }
    }

    private void receiveHeartbeat(long now) {
        if (heartbeatDue) {
            heartbeatDue = false;
            until(nextHeartbeat(now));
        }
    }

    /** No copy is made of what all receivers share. */
    private void write(Bytes packet, long now) {
        Gen1Dressing open = connection;
        boolean waits = open == null || !open.writable();
        if (waits && packet.length() > options.maxQueued() - (open == null ? queue.size() : unsent)) {
            end(CloseReason.TRANSPORT_ERROR);
        } else if (open == null) {
            queue.add(packet);
        } else {
            unsent = waits ? unsent + packet.length() : 0;
            open.packet(packet);
            if (open.once()) {
                leave(CloseReason.TRANSPORT_CLOSE, now);
            }
        }
    }

    private void openLongEnough(Gen1Dressing open, long now) {
        if (open.once()) {
            write(Gen1Packets.NOOP, now);
        } else if (heartbeatDue) {
            end(CloseReason.PING_TIMEOUT);
        } else {
            heartbeatDue = true;
            until(now + transport.heartbeatTimeout(timing));
            write(Gen1Packets.HEARTBEAT, now);
        }
    }

    private long nextHeartbeat(long now) {
        return transport.heartbeatTimeout(timing) > 0 ? now + transport.heartbeatInterval(timing) : NEVER;
    }

    /** The present state may last until then. Asks for a tick only if none is due before. */
    private void until(long time) {
        deadline = time;
        if (time < wake) {
            wake = time;
            listener.wakeAt(time);
        }
    }

    private void leave(CloseReason reason, long now) {
        connection = null;
        lostBy = reason;
        long closeTimeout = transport.closeTimeout(timing);
        if (closeTimeout > 0) {
            state = State.BETWEEN;
            until(now + closeTimeout);
        } else {
            end(reason);
        }
    }

    /** The one way out. A session that was closing tells the reason it was given then. */
    private void end(CloseReason reason) {
        if (state == State.GONE) {
            return;
        }
        CloseReason told = state == State.CLOSING ? lostBy : reason;
        state = State.GONE;
        deadline = NEVER;
        queue.clear();
        Gen1Dressing last = connection;
        connection = null;
        if (last != null && isFarewell(reason)) {
            last.packet(Gen1Packets.GOODBYE);
            last.finish();
        } else if (last != null) {
            last.dismiss();
        }
        listener.closed(told);
    }
}
