package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.WebSocketLine;
import io.everwire.protocol.text.Query;
import org.jspecify.annotations.Nullable;

/**
 * One client: polling, WebSocket, or on its way from the one to the other. Its states are drawn on the wire card; where
 * its packets wait and which way they go is {@link Eio3Outbox}'s affair.
 */
final class Eio3Session implements Session {
    private static final Encoded CLOSE = Encoded.text(Bytes.utf8("1"));
    private static final Encoded PONG = Encoded.text(Bytes.utf8("3"));
    private static final Encoded NOOP = Encoded.text(Bytes.utf8("6"));
    private static final Bytes PROBE = Bytes.utf8("2probe");
    private static final Bytes PROBE_ANSWER = Bytes.utf8("3probe");

    /** How long a closing session waits for a poll to hand over the close packet (engine.io 6.6, polling.closeTimeout). */
    private static final long CLOSE_TIMEOUT = 30_000;

    /** How often a poll is released during an upgrade (engine.io 6.6, _maybeUpgrade). */
    private static final long NOOP_INTERVAL = 100;

    private static final long NEVER = Long.MAX_VALUE;

    private enum State {
        NEW,
        OPEN,
        CLOSING,
        CLOSED
    }

    private final String sid;
    private final SessionListener listener;
    private final SessionOptions options;
    private final Eio3Dialect dialect;
    private final Eio3Polling polling;
    private final Eio3Outbox outbox;
    private final Eio3Layer layer;
    private State state = State.NEW;
    /** A POST whose body is still on its way. */
    private @Nullable Exchange post;
    /** A WebSocket that wants to take over from polling. */
    private @Nullable WebSocketLine probe;

    /** When the client was last heard of. */
    private long lastReceived;

    private long probeBy = NEVER;
    private long noopAt = NEVER;
    private CloseReason closeReason = CloseReason.FORCED_CLOSE;
    private long closeBy = NEVER;
    private long attachmentsBy = NEVER;
    private long wakeAt = NEVER;

    Eio3Session(
            String sid, RequestHead head, SessionListener listener, SessionOptions options, Eio3Layer.Factory layers) {
        this.sid = sid;
        this.listener = listener;
        this.options = options;
        this.dialect = Eio3Dialect.of(head.target());
        this.polling = Eio3Polling.of(head.target(), dialect);
        this.outbox = new Eio3Outbox(options.maxQueued(), polling, dialect);
        this.layer = layers.open(options, listener, this::transmit);
    }

    @Override
    public void request(Exchange exchange, long now) {
        if (state == State.CLOSED) {
            Eio3Responses.refuse(exchange, Refusal.UNKNOWN_SESSION, null);
            return;
        }
        // A session has one transport: TRANSPORT_MISMATCH of engine.io 6.6.12.
        if (outbox.onLine() || !Eio3.POLLING.equals(Query.value(exchange.head().target(), "transport"))) {
            Eio3Responses.refuse(exchange, Refusal.BAD_REQUEST, null);
            return;
        }
        switch (exchange.head().method()) {
            case "GET" -> receivePoll(exchange, now);
            case "POST" -> receivePost(exchange);
            default -> exchange.reply(Eio3Responses.NO_SUCH_METHOD);
        }
    }

    @Override
    public void body(Exchange exchange, Bytes body, long now) {
        if (!exchange.equals(post)) {
            Eio3Responses.refuse(exchange, Refusal.UNKNOWN_SESSION, null);
            return;
        }
        post = null;
        try {
            receivePayload(polling.read(exchange, body), now);
        } finally {
            // Whatever was in it. And after it was read: the order in which the reference does it.
            exchange.reply(Eio3Responses.OK);
        }
    }

    @Override
    public void oversized(Exchange exchange, long now) {
        exchange.reply(Eio3Responses.TOO_LARGE);
        if (exchange.equals(post)) {
            post = null;
        }
    }

    @Override
    public void gone(Exchange exchange, long now) {
        if (exchange.equals(post)) {
            post = null;
            end(CloseReason.TRANSPORT_ERROR);
        } else if (outbox.removePoll(exchange)) {
            end(CloseReason.TRANSPORT_ERROR);
        }
    }

    @Override
    public void lineOpened(WebSocketLine line, long now) {
        if (state == State.NEW) {
            start(Eio3.WEBSOCKET, now);
            outbox.switchTo(line);
            layer.start();
        } else if (state == State.CLOSED || outbox.onLine() || probe != null || !options.upgrades()) {
            line.close(WebSocketLine.NO_STATUS);
        } else {
            probe = line;
            probeBy = now + options.upgradeTimeout();
            scheduleWake();
        }
    }

    @Override
    public void text(WebSocketLine line, Bytes message, long now) {
        if (outbox.isOn(line)) {
            receive(dialect.fromLine(message), now);
        } else if (line.equals(probe)) {
            receiveProbe(line, message, now);
        }
    }

    @Override
    public void binary(WebSocketLine line, Bytes message, long now) {
        if (line.equals(probe)) {
            dropProbe();
        } else if (outbox.isOn(line) && state == State.OPEN) {
            receiveBinary(message, now);
        }
    }

    @Override
    public void lineClosed(WebSocketLine line, CloseReason reason, long now) {
        if (outbox.isOn(line)) {
            end(reason);
        } else if (line.equals(probe)) {
            dropProbe();
        }
    }

    @Override
    public void send(Encoded encoded, long now) {
        if (!encoded.isNothing() && (state == State.NEW || state == State.OPEN)) {
            for (int i = layer.sent(encoded); i > 0 && state != State.CLOSED; i--) {
                transmit(encoded);
            }
        }
        if (encoded.last()) {
            close(CloseReason.FORCED_CLOSE, now);
        }
    }

    @Override
    public boolean writable() {
        return state == State.OPEN && outbox.writable();
    }

    @Override
    public int waiting() {
        return outbox.queuedBytes();
    }

    @Override
    public void tick(long now) {
        wakeAt = NEVER;
        if (now >= attachmentsBy) {
            attachmentsBy = NEVER;
            close(CloseReason.FORCED_CLOSE, now);
        }
        if (now >= closeBy) {
            end(closeReason);
        } else if (state == State.OPEN && now >= silenceDeadline()) {
            end(CloseReason.PING_TIMEOUT);
        }
        if (now >= probeBy) {
            dropProbe();
        } else if (now >= noopAt) {
            // Again and again: the client may poll once more before it notices that the upgrade began.
            outbox.release(NOOP);
            noopAt = now + NOOP_INTERVAL;
        }
        scheduleWake();
    }

    @Override
    public void close(CloseReason reason, long now) {
        if (state == State.CLOSED) {
            return;
        }
        if (state == State.CLOSING) {
            if (!owesClosePacket(reason)) {
                end(closeReason);
            }
        } else if (state == State.NEW || outbox.canSend() || !defersClose(reason)) {
            end(reason);
        } else {
            state = State.CLOSING;
            closeReason = reason;
            closeBy = now + CLOSE_TIMEOUT;
            scheduleWake();
        }
    }

    /** Whether the client comes first; one that has paused its polling to upgrade hears of nothing before that is done. */
    private boolean defersClose(CloseReason reason) {
        return owesClosePacket(reason) || (probe != null && reason == CloseReason.SERVER_SHUTTING_DOWN);
    }

    /** Whether the client is owed a close packet. Not one that broke the rules or left, nor when the server goes down. */
    private static boolean owesClosePacket(CloseReason reason) {
        return switch (reason) {
            case FORCED_CLOSE, FORCED_SERVER_CLOSE, SERVER_NAMESPACE_DISCONNECT, CLIENT_NAMESPACE_DISCONNECT -> true;
            case TRANSPORT_CLOSE, TRANSPORT_ERROR, PING_TIMEOUT, PARSE_ERROR, SERVER_SHUTTING_DOWN -> false;
        };
    }

    private void start(String transport, long now) {
        state = State.OPEN;
        listener.transport(transport);
        outbox.prepend(Eio3OpenPacket.packets(sid, transport, options));
        lastReceived = now;
        scheduleWake();
    }

    /** The client pings every {@code pingInterval}; as in the reference, whatever it sends counts. */
    private long silenceDeadline() {
        return lastReceived + options.pingInterval() + options.pingTimeout();
    }

    private void receivePoll(Exchange exchange, long now) {
        if (state == State.NEW) {
            start(Eio3.POLLING, now);
            outbox.poll(exchange);
            layer.start();
        } else if (outbox.hasPoll()) {
            exchange.reply(Eio3Responses.BROKEN_RULE);
            end(CloseReason.TRANSPORT_ERROR);
        } else if (state == State.CLOSING && outbox.isEmpty()) {
            outbox.add(NOOP);
            outbox.add(CLOSE);
            outbox.poll(exchange);
            end(closeReason);
        } else {
            // Also while closing: what waits goes first, the close packet with the poll after it.
            outbox.poll(exchange);
        }
    }

    private void receivePost(Exchange exchange) {
        if (post != null) {
            exchange.reply(Eio3Responses.BROKEN_RULE);
            end(CloseReason.TRANSPORT_ERROR);
            return;
        }
        post = exchange;
        exchange.readBody(options.maxPayload());
    }

    private void receivePayload(Eio3Payload.@Nullable Reader payload, long now) {
        if (payload == null) {
            return;
        }
        Eio3Payload.Part part = payload.next();
        while (part != null && state != State.CLOSED) {
            if (part.binary()) {
                receiveBinary(part.bytes(), now);
            } else {
                receivePolled(part.bytes(), now);
            }
            part = payload.next();
        }
    }

    private void receivePolled(Bytes packet, long now) {
        if (!packet.isEmpty() && packet.at(0) == '1') {
            // The only way a polling client can say that it leaves; a closing session hears it, too.
            outbox.release(NOOP);
            end(CloseReason.TRANSPORT_CLOSE);
        } else {
            receive(packet, now);
        }
    }

    private void receive(Bytes packet, long now) {
        if (state != State.OPEN) {
            return;
        }
        lastReceived = now;
        int type = packet.isEmpty() ? -1 : packet.at(0);
        switch (type) {
            case '4' -> {
                layer.text(packet.slice(1, packet.length()));
                watchAttachments(now);
            }
            case 'b' -> {
                layer.binary(Eio3Payload.binaryOfText(packet));
                watchAttachments(now);
            }
            // Bare, whatever the ping carried: so in engine.io 1.8, 3.6 and 6.6.
            case '2' -> transmit(PONG);
            // Open, close on a WebSocket, pong, upgrade out of turn, noop: engine.io 3.6 passes over them.
            case '0', '1', '3', '5', '6' -> {}
            default -> throw new ProtocolException(CloseReason.PARSE_ERROR, "unknown Engine.IO packet type");
        }
    }

    private void receiveBinary(Bytes packet, long now) {
        if (state != State.OPEN) {
            return;
        }
        lastReceived = now;
        // Of other types, which no client sends as bytes, engine.io 3.6 answers a ping and passes over the rest.
        if (!packet.isEmpty() && packet.at(0) == Eio3Encoder.MESSAGE_TYPE) {
            layer.binary(packet.slice(1, packet.length()));
            watchAttachments(now);
        }
    }

    private void watchAttachments(long now) {
        if (!layer.awaitsAttachments()) {
            attachmentsBy = NEVER;
        } else if (attachmentsBy == NEVER) {
            attachmentsBy = now + options.attachmentTimeout();
            scheduleWake();
        }
    }

    private void receiveProbe(WebSocketLine line, Bytes message, long now) {
        if (message.equals(PROBE)) {
            line.text(PROBE_ANSWER);
            noopAt = now + NOOP_INTERVAL;
            scheduleWake();
        } else if (!message.isEmpty() && message.at(0) == '5') {
            receiveUpgrade(line, now);
        } else {
            dropProbe();
        }
    }

    private void receiveUpgrade(WebSocketLine line, long now) {
        forgetProbe();
        dropPost();
        lastReceived = now;
        // A client that polls still did not pause as it should; the reference tells that poll that polling is over.
        outbox.release(CLOSE);
        listener.transport(Eio3.WEBSOCKET);
        outbox.switchTo(line);
        if (state == State.CLOSING) {
            end(closeReason);
        }
    }

    private void transmit(Encoded encoded) {
        if (!outbox.add(encoded)) {
            end(CloseReason.TRANSPORT_ERROR);
        }
    }

    private void dropProbe() {
        WebSocketLine line = probe;
        forgetProbe();
        if (line != null) {
            line.close(WebSocketLine.NO_STATUS);
        }
    }

    private void forgetProbe() {
        probe = null;
        probeBy = NEVER;
        noopAt = NEVER;
    }

    private void dropPost() {
        Exchange unread = post;
        post = null;
        if (unread != null) {
            unread.drop();
        }
    }

    /** The one way out. A session that was closing tells the reason it was given then. */
    private void end(CloseReason reason) {
        if (state == State.CLOSED) {
            return;
        }
        CloseReason reported = state == State.CLOSING ? closeReason : reason;
        state = State.CLOSED;
        closeBy = NEVER;
        outbox.release(CLOSE);
        outbox.close();
        dropPost();
        dropProbe();
        listener.closed(reported);
    }

    private void scheduleWake() {
        if (state == State.CLOSED) {
            return;
        }
        long soon = Math.min(Math.min(probeBy, noopAt), attachmentsBy);
        long next = Math.min(soon, state == State.CLOSING ? closeBy : silenceDeadline());
        if (next < wakeAt) {
            wakeAt = next;
            listener.wakeAt(next);
        }
    }
}
