package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Packet;
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
 * its packets wait and which way they go is {@link Eio4Outbox}'s affair.
 */
final class Eio4Session implements Session {
    private static final Encoded PING = Encoded.text(Bytes.utf8("2"));
    private static final Bytes CLOSE = Bytes.utf8("1");
    private static final Bytes NOOP = Bytes.utf8("6");
    private static final Encoded NOOP_THEN_CLOSE = Encoded.text(Bytes.utf8("6\u001e1"));
    private static final Bytes PROBE = Bytes.utf8("2probe");
    private static final Bytes PROBE_ANSWER = Bytes.utf8("3probe");

    /** How long a closing session waits for a poll to hand over the close packet (engine.io 6.6, polling.closeTimeout). */
    private static final long CLOSE_TIMEOUT = 30_000;

    /** How often a poll is released during an upgrade (engine.io 6.6, _maybeUpgrade). */
    private static final long NOOP_INTERVAL = 100;

    private static final long NEVER = Eio4Heartbeat.NEVER;

    private enum State {
        NEW,
        OPEN,
        CLOSING,
        CLOSED
    }

    private final String sid;
    private final SessionListener listener;
    private final SessionOptions options;
    private final Eio4Heartbeat heartbeat;
    private final Eio4Outbox outbox;
    private Eio4Parser parser;
    private State state = State.NEW;
    /** A POST whose body is still on its way. */
    private @Nullable Exchange post;
    /** A WebSocket that wants to take over from polling. */
    private @Nullable Probe probe;

    private CloseReason closeReason = CloseReason.FORCED_CLOSE;
    private long closeBy = NEVER;
    private long attachmentsBy = NEVER;
    private long wakeAt = NEVER;

    /** A WebSocket that is tried, until when, and when the poll beside it is released. */
    private static final class Probe {
        final WebSocketLine line;
        final long by;
        long noopAt = NEVER;

        Probe(WebSocketLine line, long by) {
            this.line = line;
            this.by = by;
        }

        static boolean isOn(@Nullable Probe probe, WebSocketLine line) {
            return probe != null && probe.line.equals(line);
        }
    }

    Eio4Session(String sid, RequestHead head, SessionListener listener, SessionOptions options, Eio4Parser parser) {
        this.sid = sid;
        this.listener = listener;
        this.options = options;
        this.heartbeat = new Eio4Heartbeat(options);
        this.parser = parser;
        String base64 = Query.value(head.target(), "b64");
        this.outbox = new Eio4Outbox(options.maxQueued(), base64 != null && !base64.isEmpty());
    }

    @Override
    public void request(Exchange exchange, long now) {
        if (state == State.CLOSED) {
            Eio4Responses.refuse(exchange, Refusal.UNKNOWN_SESSION, null);
            return;
        }
        String target = exchange.head().target();
        // A session has one transport and one version: TRANSPORT_MISMATCH and PROTOCOL_MISMATCH of engine.io 6.6.12.
        if (outbox.onLine()
                || !Eio4.POLLING.equals(Query.value(target, "transport"))
                || !Eio4.VERSION.equals(Query.value(target, "EIO"))) {
            Eio4Responses.refuse(exchange, Refusal.BAD_REQUEST, null);
            return;
        }
        switch (exchange.head().method()) {
            case "GET" -> receivePoll(exchange, now);
            case "POST" -> receivePost(exchange);
            default -> exchange.reply(Eio4Responses.NO_SUCH_METHOD);
        }
    }

    @Override
    public void body(Exchange exchange, Bytes body, long now) {
        if (!exchange.equals(post)) {
            Eio4Responses.refuse(exchange, Refusal.UNKNOWN_SESSION, null);
            return;
        }
        post = null;
        try {
            receivePayload(body, now);
        } finally {
            // Whatever was in it. And after it was read: the order in which the reference does it.
            exchange.reply(Eio4Responses.OK);
        }
    }

    @Override
    public void oversized(Exchange exchange, long now) {
        exchange.reply(Eio4Responses.TOO_LARGE);
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
            start(Eio4.WEBSOCKET, now);
            outbox.switchTo(line);
            deliver(parser.firstPacket(), now);
        } else if (state == State.CLOSED || outbox.onLine() || probe != null || !options.upgrades()) {
            line.close(WebSocketLine.NO_STATUS);
        } else {
            probe = new Probe(line, now + options.upgradeTimeout());
            scheduleWake();
        }
    }

    @Override
    public void text(WebSocketLine line, Bytes message, long now) {
        if (outbox.isOn(line)) {
            receive(message, now);
        } else if (probe != null && probe.line.equals(line)) {
            receiveProbe(probe, message, now);
        }
    }

    @Override
    public void binary(WebSocketLine line, Bytes message, long now) {
        if (Probe.isOn(probe, line)) {
            dropProbe();
        } else if (outbox.isOn(line) && state == State.OPEN) {
            heartbeat.receiveOther(now);
            deliver(select(false).binary(message), now);
        }
    }

    @Override
    public void lineClosed(WebSocketLine line, CloseReason reason, long now) {
        if (outbox.isOn(line)) {
            end(reason);
        } else if (Probe.isOn(probe, line)) {
            dropProbe();
        }
    }

    @Override
    public void send(Encoded encoded, long now) {
        if (!encoded.isNothing() && (state == State.NEW || state == State.OPEN)) {
            transmit(parser.encodeFor(encoded));
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
        } else if (state == State.OPEN && heartbeat.pongMissed(now)) {
            end(CloseReason.PING_TIMEOUT);
        } else if (state == State.OPEN && heartbeat.pingDue(now)) {
            heartbeat.sendPing(now);
            transmit(PING);
        }
        if (probe != null && now >= probe.by) {
            dropProbe();
        } else if (probe != null && now >= probe.noopAt) {
            // Again and again: the client may poll once more before it notices that the upgrade began.
            outbox.release(NOOP);
            probe.noopAt = now + NOOP_INTERVAL;
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
        outbox.prepend(Eio4OpenPacket.packets(sid, transport, options));
        heartbeat.receivePong(now);
        scheduleWake();
    }

    private void receivePoll(Exchange exchange, long now) {
        if (state == State.NEW) {
            start(Eio4.POLLING, now);
            outbox.poll(exchange);
            deliver(parser.firstPacket(), now);
        } else if (outbox.hasPoll()) {
            exchange.reply(Eio4Responses.BROKEN_RULE);
            end(CloseReason.TRANSPORT_ERROR);
        } else if (state == State.CLOSING && outbox.isEmpty()) {
            outbox.add(NOOP_THEN_CLOSE);
            outbox.poll(exchange);
            end(closeReason);
        } else {
            // Also while closing, without the close packet: clients of 4.x handle it before the messages beside it.
            outbox.poll(exchange);
        }
    }

    private void receivePost(Exchange exchange) {
        boolean overlaps = post != null;
        // Exactly this value: the reference compares no further, and its clients send text.
        if (overlaps || "application/octet-stream".equals(exchange.head().header("Content-Type"))) {
            exchange.reply(Eio4Responses.BROKEN_RULE);
            end(CloseReason.TRANSPORT_ERROR);
            return;
        }
        post = exchange;
        exchange.readBody(options.maxPayload());
    }

    private void receivePayload(Bytes payload, long now) {
        int from = 0;
        while (state != State.CLOSED && from <= payload.length()) {
            int end = Eio4Payload.packetEnd(payload, from);
            Bytes packet = payload.slice(from, end);
            if (!packet.isEmpty() && packet.at(0) == '1') {
                // The only way a polling client can say that it leaves; a closing session hears it, too.
                outbox.release(NOOP);
                end(CloseReason.TRANSPORT_CLOSE);
            } else {
                receive(packet, now);
            }
            from = end + 1;
        }
    }

    private void receive(Bytes packet, long now) {
        if (state != State.OPEN) {
            return;
        }
        int type = packet.isEmpty() ? -1 : packet.at(0);
        if (type == '3') {
            heartbeat.receivePong(now);
            return;
        }
        heartbeat.receiveOther(now);
        switch (type) {
            case '4' -> deliver(select(true).text(packet.slice(1, packet.length())), now);
            case 'b' -> deliver(select(false).binary(Eio4Payload.binaryOfText(packet)), now);
            case '2' -> throw new ProtocolException(CloseReason.TRANSPORT_ERROR, "a ping from a client");
            // Open, close on a WebSocket, upgrade out of turn, noop: the reference passes over them.
            case '0', '1', '5', '6' -> {}
            default -> throw new ProtocolException(CloseReason.PARSE_ERROR, "unknown Engine.IO packet type");
        }
    }

    private Eio4Parser select(boolean text) {
        parser = parser.select(text);
        return parser;
    }

    private void deliver(@Nullable Packet packet, long now) {
        if (!parser.awaitsAttachments()) {
            attachmentsBy = NEVER;
        } else if (attachmentsBy == NEVER) {
            attachmentsBy = now + options.attachmentTimeout();
            scheduleWake();
        }
        if (packet != null) {
            listener.packet(packet);
        }
    }

    private void receiveProbe(Probe probe, Bytes message, long now) {
        if (message.equals(PROBE)) {
            probe.line.text(PROBE_ANSWER);
            probe.noopAt = now + NOOP_INTERVAL;
            scheduleWake();
        } else if (!message.isEmpty() && message.at(0) == '5') {
            receiveUpgrade(probe.line, now);
        } else {
            dropProbe();
        }
    }

    private void receiveUpgrade(WebSocketLine line, long now) {
        probe = null;
        dropPost();
        heartbeat.receiveUpgrade(now);
        // A client that polls still did not pause as it should; the reference tells that poll that polling is over.
        outbox.release(CLOSE);
        listener.transport(Eio4.WEBSOCKET);
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
        Probe dropped = probe;
        probe = null;
        if (dropped != null) {
            dropped.line.close(WebSocketLine.NO_STATUS);
        }
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
        long soon = probe == null ? attachmentsBy : Math.min(Math.min(probe.by, probe.noopAt), attachmentsBy);
        long next = Math.min(soon, state == State.CLOSING ? closeBy : heartbeat.next());
        if (next < wakeAt) {
            wakeAt = next;
            listener.wakeAt(next);
        }
    }
}
