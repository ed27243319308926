package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.WebSocketLine;
import io.everwire.protocol.text.Query;
import org.jspecify.annotations.Nullable;

/**
 * The session of one client, which polls, has a WebSocket, or is upgrading from the former to the latter.
 *
 * <p>Runs in the session's turn. The wire card shows its states. {@link Eio4Outbox} holds its connection and queue,
 * {@link Eio4Upgrade} a WebSocket that may take over.
 */
final class Eio4Session implements Session {
    private static final Encoded PING = Encoded.text(Bytes.utf8("2"));
    private static final Bytes CLOSE = Bytes.utf8("1");
    private static final Bytes NOOP = Bytes.utf8("6");
    private static final Encoded NOOP_THEN_CLOSE = Encoded.text(Bytes.utf8("6\u001e1"));

    private static final long NEVER = Eio4Heartbeat.NEVER;

    /**
     * NEW: no request was received. OPEN: messages are sent and received. CLOSING: the server has closed, and the close
     * packet awaits the client's next poll. CLOSED: nothing more is sent or received.
     */
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
    /** The parser of the client; undecided until its first message. */
    private Eio4Parser parser;

    private State state = State.NEW;
    /** A POST whose body has not arrived yet, or null. */
    private @Nullable Exchange post;

    /** The upgrade that is under way, or null. */
    private @Nullable Eio4Upgrade upgrade;
    /** Not null exactly in {@code CLOSING}. */
    private @Nullable Eio4Closing closing;
    /** The time until which the attachments of a packet must arrive. */
    private long attachmentsBy = NEVER;
    /** The earliest tick asked for that did not arrive yet. */
    private long wakeAt = NEVER;

    /** Creates the session of an accepted request, which follows, with the parser before the client's first message. */
    Eio4Session(String sid, RequestHead head, SessionListener listener, SessionOptions options, Eio4Parser parser) {
        this.sid = sid;
        this.listener = listener;
        this.options = options;
        this.heartbeat = new Eio4Heartbeat(options, listener);
        this.parser = parser;
        // Any value that is not empty says that the client takes no binary, as in the reference.
        String base64 = Query.value(head.target(), "b64");
        this.outbox = new Eio4Outbox(options.maxQueued(), base64 != null && !base64.isEmpty());
    }

    /**
     * Receives a poll or a POST. A request for another transport or version is rejected, and the session continues:
     * TRANSPORT_MISMATCH and PROTOCOL_MISMATCH of engine.io 6.6.12.
     */
    @Override
    public void request(Exchange exchange, long now) {
        if (state == State.CLOSED) {
            Eio4Responses.refuse(exchange, Refusal.UNKNOWN_SESSION, null);
            return;
        }
        String target = exchange.head().target();
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

    /**
     * Reads the packets of a POST, then answers it, even if a packet is broken: engine.io 6.6
     * answers in this order, too.
     */
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
            exchange.reply(Eio4Responses.OK);
        }
    }

    /** Answers 413. The session continues, as in engine.io 6.6; the client has lost a batch. */
    @Override
    public void oversized(Exchange exchange, long now) {
        exchange.reply(Eio4Responses.TOO_LARGE);
        if (exchange.equals(post)) {
            post = null;
        }
    }

    /** Ends the session: an aborted poll may have lost packets, an aborted POST messages. */
    @Override
    public void gone(Exchange exchange, long now) {
        boolean isPost = exchange.equals(post);
        if (isPost) {
            post = null;
        }
        if (isPost || outbox.removePoll(exchange)) {
            end(CloseReason.TRANSPORT_ERROR);
        }
    }

    /**
     * Accepts the WebSocket of a new session, or starts an upgrade. A second WebSocket is closed without a status, as
     * in the reference.
     */
    @Override
    public void lineOpened(WebSocketLine line, long now) {
        if (state == State.NEW) {
            start(Eio4.WEBSOCKET, now);
            outbox.switchTo(line);
            deliver(parser.firstPacket(), now);
        } else if (state == State.CLOSED || outbox.onLine() || upgrade != null || !options.upgrades()) {
            line.close(WebSocketLine.NO_STATUS);
        } else {
            upgrade = new Eio4Upgrade(line, now + options.upgradeTimeout());
            scheduleWake();
        }
    }

    /**
     * Reads a packet of the session's WebSocket, or a step of an upgrade. Other WebSockets are closing: their messages
     * are ignored.
     */
    @Override
    public void text(WebSocketLine line, Bytes message, long now) {
        if (outbox.isOn(line)) {
            receive(message, now);
        } else if (upgrade != null && Eio4Upgrade.isOn(upgrade, line)) {
            receiveProbe(upgrade, message, now);
        }
    }

    /** Reads a binary message, which has no type on a WebSocket. In an upgrade it is a failure. */
    @Override
    public void binary(WebSocketLine line, Bytes message, long now) {
        if (Eio4Upgrade.isOn(upgrade, line)) {
            dropUpgrade();
        } else if (outbox.isOn(line) && state == State.OPEN) {
            heartbeat.receiveOther(now);
            deliver(select(false).binary(message), now);
        }
    }

    /** Ends the session if its own WebSocket closed. A failed upgrade leaves it polling. */
    @Override
    public void lineClosed(WebSocketLine line, CloseReason reason, long now) {
        if (outbox.isOn(line)) {
            end(reason);
        } else if (Eio4Upgrade.isOn(upgrade, line)) {
            dropUpgrade();
        }
    }

    /** Sends a packet in the form of the client's parser. Dropped in {@code CLOSING} and {@code CLOSED}. */
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
    public int incomplete() {
        return parser.incomplete();
    }

    @Override
    public int waiting() {
        return outbox.queuedBytes();
    }

    /** Checks all deadlines. Closing comes before the heartbeat, because a closing session sends no ping. */
    @Override
    public void tick(long now) {
        wakeAt = NEVER;
        boolean late = now >= attachmentsBy;
        attachmentsBy = late ? NEVER : attachmentsBy;
        if (closing != null && now >= closing.deadline()) {
            end(closing.reason());
        } else if (state == State.OPEN && heartbeat.pongMissed(now)) {
            end(CloseReason.PING_TIMEOUT);
        } else if (state == State.OPEN && heartbeat.pingDue(now)) {
            heartbeat.sendPing(now);
            transmit(PING);
        }
        if (upgrade != null && upgrade.isOverdue(now)) {
            dropUpgrade();
            listener.limitReached(ReachedLimit.time("upgradeTimeout", options.upgradeTimeout()), "upgrade dropped");
        } else if (upgrade != null && upgrade.releasesPoll(now)) {
            outbox.release(NOOP);
        }
        scheduleWake();
        if (late) {
            throw Eio4Decoder.late(options.attachmentTimeout());
        }
    }

    /** Ends the session at once, or with the next poll if the client is owed a close packet and no poll is pending. */
    @Override
    public void close(CloseReason reason, long now) {
        if (state == State.CLOSED) {
            return;
        }
        if (closing != null) {
            if (!Eio4Closing.isOwed(reason)) {
                end(closing.reason());
            }
        } else if (state == State.NEW || outbox.canSend() || !defersClose(reason)) {
            end(reason);
        } else {
            state = State.CLOSING;
            closing = Eio4Closing.start(reason, now);
            scheduleWake();
        }
    }

    /**
     * Returns whether the close awaits the client's next poll or upgrade. A client that has paused its polling for an
     * upgrade cannot be reached before that is complete.
     */
    private boolean defersClose(CloseReason reason) {
        return Eio4Closing.isOwed(reason) || (upgrade != null && reason == CloseReason.SERVER_SHUTTING_DOWN);
    }

    /** Opens the session. The open packet precedes packets that the application has sent already. */
    private void start(String transport, long now) {
        state = State.OPEN;
        listener.transport(transport);
        outbox.prepend(Eio4OpenPacket.packets(sid, transport, options));
        heartbeat.receivePong(now);
        scheduleWake();
    }

    /** Receives a GET of polling. */
    private void receivePoll(Exchange exchange, long now) {
        if (state == State.NEW) {
            start(Eio4.POLLING, now);
            outbox.poll(exchange);
            deliver(parser.firstPacket(), now);
        } else if (outbox.hasPoll()) {
            exchange.reply(Eio4Responses.BROKEN_RULE);
            end(CloseReason.TRANSPORT_ERROR);
        } else if (closing != null && outbox.isEmpty()) {
            // The reference sends a noop that it appends the close packet to (engine.io 6.6, Polling.onPollRequest).
            outbox.add(NOOP_THEN_CLOSE);
            outbox.poll(exchange);
            end(closing.reason());
        } else {
            // Also in CLOSING, without the close packet: clients 4.x handle it before the messages beside it.
            outbox.poll(exchange);
        }
    }

    /** Asks for the body of a POST. */
    private void receivePost(Exchange exchange) {
        boolean overlaps = post != null;
        // Compared exactly, as in the reference. Its clients send text in this version.
        if (overlaps || "application/octet-stream".equals(exchange.head().header("Content-Type"))) {
            exchange.reply(Eio4Responses.BROKEN_RULE);
            end(CloseReason.TRANSPORT_ERROR);
            return;
        }
        post = exchange;
        exchange.readBody(options.maxPayload());
    }

    /** Reads a polling body packet by packet, so that those before a broken one are delivered. */
    private void receivePayload(Bytes payload, long now) {
        int from = 0;
        while (state != State.CLOSED && from <= payload.length()) {
            int end = Eio4Payload.packetEnd(payload, from);
            Bytes packet = payload.slice(from, end);
            if (!packet.isEmpty() && packet.at(0) == '1') {
                // The only way in which a polling client can leave. A closing session accepts it, too.
                outbox.release(NOOP);
                end(CloseReason.TRANSPORT_CLOSE);
            } else {
                receive(packet, now);
            }
            from = end + 1;
        }
    }

    /** Reads a text packet: its type is the first character. */
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
            // 42["name",1] on either transport; bAQIDBA== from a client that takes no binary, or by polling.
            case '4' -> deliver(select(true).text(packet.slice(1, packet.length())), now);
            case 'b' -> deliver(select(false).binary(Eio4Payload.binaryOfText(packet)), now);
            case '2' -> throw new ProtocolException(CloseReason.TRANSPORT_ERROR, "a ping from a client");
            // Open, close on a WebSocket, upgrade out of turn, noop: the reference ignores them.
            case '0', '1', '5', '6' -> {}
            default -> throw new ProtocolException(CloseReason.PARSE_ERROR, "unknown Engine.IO packet type");
        }
    }

    /** Selects the parser for a message; it stays the parser of the session. */
    private Eio4Parser select(boolean text) {
        parser = parser.select(text);
        return parser;
    }

    /** Reports a packet, if any, and starts or stops the timeout for its attachments. */
    private void deliver(@Nullable Packet packet, long now) {
        if (parser.incomplete() == 0) {
            attachmentsBy = NEVER;
        } else if (attachmentsBy == NEVER) {
            attachmentsBy = now + options.attachmentTimeout();
            scheduleWake();
        }
        if (packet != null) {
            listener.packet(packet);
        }
    }

    /** Reads a message of the WebSocket that may take over. */
    private void receiveProbe(Eio4Upgrade current, Bytes message, long now) {
        switch (current.receive(message, now)) {
            case PROBED -> scheduleWake();
            case COMPLETE -> receiveUpgrade(current.line(), now);
            case FAILED -> dropUpgrade();
        }
    }

    /** Moves the session to the WebSocket. */
    private void receiveUpgrade(WebSocketLine line, long now) {
        upgrade = null;
        dropPost();
        heartbeat.receiveUpgrade(now);
        // A client that still polls did not pause as it should; the reference answers that poll with a close packet.
        outbox.release(CLOSE);
        listener.transport(Eio4.WEBSOCKET);
        outbox.switchTo(line);
        if (closing != null) {
            end(closing.reason());
        }
    }

    /** Sends a packet; ends the session if the client does not read. */
    private void transmit(Encoded encoded) {
        if (!outbox.add(encoded)) {
            listener.limitReached(outbox.reached(), "the client was closed");
            end(CloseReason.QUEUE_OVERFLOW);
        }
    }

    /** Closes the WebSocket of an upgrade that is not complete, if any. */
    private void dropUpgrade() {
        Eio4Upgrade dropped = upgrade;
        upgrade = null;
        if (dropped != null) {
            dropped.close();
        }
    }

    /** Drops a POST whose body has not arrived. */
    private void dropPost() {
        Exchange unread = post;
        post = null;
        if (unread != null) {
            unread.drop();
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
        CloseReason reported = closing == null ? reason : closing.reason();
        state = State.CLOSED;
        closing = null;
        outbox.release(CLOSE);
        outbox.close();
        dropPost();
        dropUpgrade();
        listener.closed(reported);
    }

    /** Asks for a tick at the next deadline, unless an earlier one was asked for. */
    private void scheduleWake() {
        if (state == State.CLOSED) {
            return;
        }
        long soon = upgrade == null ? attachmentsBy : Math.min(upgrade.next(), attachmentsBy);
        long next = Math.min(soon, closing == null ? heartbeat.next() : closing.deadline());
        if (next < wakeAt) {
            wakeAt = next;
            listener.wakeAt(next);
        }
    }
}
