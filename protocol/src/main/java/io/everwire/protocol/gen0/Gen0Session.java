package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.Response;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.TransportOptions;
import io.everwire.protocol.WebSocketLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client, whatever its transport: its states, what waits for it, its heartbeats and its way back. */
final class Gen0Session implements Session {
    /** The arrows are drawn in the wire card. */
    private enum State {
        NEW,
        OPEN,
        DETACHED,
        CLOSING,
        CLOSED
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final Response OK = new Response(200, List.of("Content-Type", "text/plain"), Bytes.utf8("ok"));
    private static final Response TOO_LARGE =
            new Response(413, List.of("Content-Type", "text/plain"), Bytes.utf8("too large"));

    private final String sid;
    private final Gen0Transport transport;
    private final SessionListener listener;
    private final SessionOptions options;
    private final TransportOptions timing;
    private final Gen0Queue queue = new Gen0Queue();
    private State state = State.NEW;
    /** What carries the next payload: there is one exactly in {@code OPEN}. */
    private @Nullable Gen0Connection connection;
    /** What was written to a connection that is not writable, in bytes. */
    private int unwritten;

    private int heartbeats;
    private boolean echoDue;
    /** Why the last connection went, or why the server closes: told if nothing comes in its place. */
    private CloseReason closeReason = CloseReason.TRANSPORT_CLOSE;
    /** When the present state has lasted long enough. */
    private long deadline = NEVER;
    /** The tick asked for that did not come yet: at or before the deadline. */
    private long wakeAt = NEVER;

    Gen0Session(String sid, Gen0Transport transport, SessionListener listener, SessionOptions options) {
        this.sid = sid;
        this.transport = transport;
        this.listener = listener;
        this.options = options;
        this.timing = options.transport(transport.wireName());
    }

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
        boolean form = transport == Gen0Transport.JSONP_POLLING;
        Bytes payload = form ? Gen0Form.repairedData(body) : Gen0Form.data(body);
        try {
            if (payload != null && state != State.CLOSING) {
                receive(payload, now);
            }
        } finally {
            // Answered even if a handler of the application fails: the original's clients wait for it to send more.
            exchange.reply(OK);
        }
    }

    /** The client takes the answer for the end of the session, so it is. */
    @Override
    public void oversized(Exchange exchange, long now) {
        exchange.reply(TOO_LARGE);
        close(CloseReason.TRANSPORT_ERROR, now);
    }

    /** Only the connection that carries the current poll counts: an idle one that once carried a poll may end at any time. */
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

    /**
     * What waits for the next poll is still handed over, as long as the client may come back. Not to a client that broke
     * the rules.
     */
    @Override
    public void close(CloseReason reason, long now) {
        boolean broken = reason == CloseReason.PARSE_ERROR || reason == CloseReason.TRANSPORT_ERROR;
        if (state == State.DETACHED && !queue.isEmpty() && !broken) {
            state = State.CLOSING;
            closeReason = reason;
        } else if (state != State.CLOSING) {
            end(reason);
        }
    }

    private Gen0Connection connectionOf(Exchange exchange) {
        return switch (transport) {
            case XHR_POLLING -> new Gen0Poll(exchange);
            case JSONP_POLLING ->
                new Gen0Jsonp(exchange, Gen0Target.index(exchange.head().target()));
            case HTMLFILE -> new Gen0Htmlfile(exchange);
            case XHR_MULTIPART -> new Gen0Multipart(exchange);
            case SERVER_EVENTS -> new Gen0ServerEvents(exchange);
            case WEBSOCKET, FLASHSOCKET ->
                throw new AssertionError(transport + " is no request, and was let in as one");
        };
    }

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
        boolean waited = !queue.isEmpty() && !(first && next.isPoll());
        if (waited) {
            next.send(queue.drain());
        }
        if (before == State.CLOSING) {
            end(closeReason);
        } else if (next.isPoll() && (first || waited)) {
            detach(CloseReason.TRANSPORT_CLOSE, now);
        } else {
            setDeadline(next.isPoll() ? now + transport.pollDuration(timing) : nextHeartbeat(now));
        }
    }

    /** In the original's order: the handshake leaves, alone, before the application hears of the client. */
    private void sendHandshake(Gen0Connection first) {
        first.send(Gen0Framing.frame(Bytes.utf8(sid)));
        listener.transport(transport.wireName());
        listener.packet(new Packet.Connect(Packet.ROOT, null));
    }

    private void receive(Bytes payload, long now) {
        Gen0Framing frames = new Gen0Framing(payload);
        for (Bytes body = frames.next(); body != null; body = frames.next()) {
            if (Gen0Codec.isHeartbeat(body)) {
                receiveEcho(body, now);
            } else {
                Packet message = Gen0Codec.decode(body, options.maxDepth());
                if (message != null) {
                    listener.packet(message);
                }
            }
        }
    }

    /** Only the newest number counts; nothing else that arrives is taken for it. */
    private void receiveEcho(Bytes body, long now) {
        if (echoDue && Gen0Codec.isEcho(body, heartbeats)) {
            echoDue = false;
            setDeadline(nextHeartbeat(now));
        }
    }

    /** One payload per frame while a connection is open: no copy is made of what all receivers share. */
    private void write(Bytes frame, SendOptions sendOptions, long now) {
        Gen0Connection open = connection;
        boolean waits = open == null || !open.writable();
        if (waits && frame.length() > options.maxQueued() - (open == null ? queue.size() : unwritten)) {
            abortConnection();
            end(CloseReason.TRANSPORT_ERROR);
        } else if (open == null) {
            queue.add(frame);
        } else {
            unwritten = waits ? unwritten + frame.length() : 0;
            open.send(frame, sendOptions);
            if (open.isPoll()) {
                detach(CloseReason.TRANSPORT_CLOSE, now);
            }
        }
    }

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

    private void abortConnection() {
        if (connection != null) {
            connection.abort();
            connection = null;
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
