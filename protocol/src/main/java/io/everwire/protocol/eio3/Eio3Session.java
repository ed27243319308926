package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
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
 * <p>Runs in the session's turn. The wire card shows its states. {@link Eio3Outbox} holds its connection and queue,
 * {@link Eio3Upgrade} a WebSocket that may take over.
 */
final class Eio3Session implements Session {
    private static final Encoded CLOSE = Encoded.text(Bytes.utf8("1"));
    private static final Encoded PONG = Encoded.text(Bytes.utf8("3"));
    private static final Encoded NOOP = Encoded.text(Bytes.utf8("6"));

    private static final long NEVER = Long.MAX_VALUE;

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
    private final Eio3Dialect dialect;
    private final Eio3Polling polling;
    private final Eio3Heartbeat heartbeat;
    private final Eio3Outbox outbox;
    private final Eio3Layer layer;
    private State state = State.NEW;
    /** A POST whose body has not arrived yet, or null. */
    private @Nullable Exchange post;
    /** The upgrade that is under way, or null. */
    private @Nullable Eio3Upgrade upgrade;

    /** Not null exactly in {@code CLOSING}. */
    private @Nullable Eio3Closing closing;

    /** The time until which the attachments of a packet must arrive. */
    private long attachmentsBy = NEVER;
    /** The earliest tick asked for that did not arrive yet. */
    private long wakeAt = NEVER;

    /** Creates the session of an accepted request, which follows. Its head shows the dialect and the form of polling. */
    Eio3Session(
            String sid, RequestHead head, SessionListener listener, SessionOptions options, Eio3Layer.Factory layers) {
        this.sid = sid;
        this.listener = listener;
        this.options = options;
        this.dialect = Eio3Dialect.of(head.target());
        this.polling = Eio3Polling.of(head, dialect);
        this.heartbeat = new Eio3Heartbeat(options);
        this.outbox = new Eio3Outbox(options.maxQueued(), polling, dialect);
        this.layer = layers.open(options, listener, this::transmit);
    }

    /**
     * Receives a poll or a POST. A request for another transport is rejected, and the session continues:
     * TRANSPORT_MISMATCH of engine.io 6.6.12.
     */
    @Override
    public void request(Exchange exchange, long now) {
        if (state == State.CLOSED) {
            Eio3Responses.refuse(exchange, Refusal.UNKNOWN_SESSION, null);
            return;
        }
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

    /**
     * Reads the packets of a POST, then answers it, even if a packet is broken: the reference
     * answers in this order, too.
     */
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
            exchange.reply(Eio3Responses.OK);
        }
    }

    /** Answers 413. The session continues, as in engine.io 6.6; 2.x breaks the connection. */
    @Override
    public void oversized(Exchange exchange, long now) {
        exchange.reply(Eio3Responses.TOO_LARGE);
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
            start(Eio3.WEBSOCKET, now);
            outbox.switchTo(line);
            layer.start();
        } else if (state == State.CLOSED || outbox.onLine() || upgrade != null || !options.upgrades()) {
            line.close(WebSocketLine.NO_STATUS);
        } else {
            upgrade = new Eio3Upgrade(line, now + options.upgradeTimeout());
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
            receive(dialect.fromLine(message), now);
        } else if (upgrade != null && Eio3Upgrade.isOn(upgrade, line)) {
            receiveProbe(upgrade, message, now);
        }
    }

    /** Reads a binary message, whose first byte is its type. In an upgrade it is a failure. */
    @Override
    public void binary(WebSocketLine line, Bytes message, long now) {
        if (Eio3Upgrade.isOn(upgrade, line)) {
            dropUpgrade();
        } else if (outbox.isOn(line) && state == State.OPEN) {
            receiveBinary(message, now);
        }
    }

    /** Ends the session if its own WebSocket closed. A failed upgrade leaves it polling. */
    @Override
    public void lineClosed(WebSocketLine line, CloseReason reason, long now) {
        if (outbox.isOn(line)) {
            end(reason);
        } else if (Eio3Upgrade.isOn(upgrade, line)) {
            dropUpgrade();
        }
    }

    /**
     * Sends a packet as often as the client expects it; see {@link Eio3Namespaces}. Dropped in {@code CLOSING} and
     * {@code CLOSED}.
     */
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
    public int incomplete() {
        return layer.incomplete();
    }

    @Override
    public int waiting() {
        return outbox.queuedBytes();
    }

    /** Checks all deadlines. Closing comes before the heartbeat, because a closing session awaits no ping. */
    @Override
    public void tick(long now) {
        wakeAt = NEVER;
        boolean late = now >= attachmentsBy;
        attachmentsBy = late ? NEVER : attachmentsBy;
        if (closing != null && now >= closing.deadline()) {
            end(closing.reason());
        } else if (state == State.OPEN && now >= heartbeat.deadline()) {
            end(CloseReason.PING_TIMEOUT);
        }
        if (upgrade != null && upgrade.isOverdue(now)) {
            dropUpgrade();
            listener.limitReached(ReachedLimit.time("upgradeTimeout", options.upgradeTimeout()), "upgrade dropped");
        } else if (upgrade != null && upgrade.releasesPoll(now)) {
            outbox.release(NOOP);
        }
        scheduleWake();
        if (late) {
            throw Eio3Decoder.late(options.attachmentTimeout());
        }
    }

    /** Ends the session at once, or with the next poll if the client is owed a close packet and no poll is pending. */
    @Override
    public void close(CloseReason reason, long now) {
        if (state == State.CLOSED) {
            return;
        }
        if (closing != null) {
            if (Eio3Closing.ends(reason)) {
                end(closing.reason());
            }
        } else if (state == State.NEW || outbox.canSend() || !defersClose(reason)) {
            end(reason);
        } else {
            state = State.CLOSING;
            closing = Eio3Closing.start(reason, now);
            scheduleWake();
        }
    }

    /**
     * Returns whether the close awaits the client's next poll or upgrade. A client that has paused its polling for an
     * upgrade cannot be reached before that is complete.
     */
    private boolean defersClose(CloseReason reason) {
        return Eio3Closing.isOwed(reason) || (upgrade != null && reason == CloseReason.SERVER_SHUTTING_DOWN);
    }

    /** Opens the session. The open packet precedes packets that the application has sent already. */
    private void start(String transport, long now) {
        state = State.OPEN;
        listener.transport(transport);
        outbox.prepend(Eio3OpenPacket.packets(sid, transport, options));
        heartbeat.receive(now);
        scheduleWake();
    }

    /** Receives a GET of polling. */
    private void receivePoll(Exchange exchange, long now) {
        if (state == State.NEW) {
            start(Eio3.POLLING, now);
            outbox.poll(exchange);
            layer.start();
        } else if (outbox.hasPoll()) {
            exchange.reply(Eio3Responses.BROKEN_RULE);
            end(CloseReason.TRANSPORT_ERROR);
        } else if (closing != null && outbox.isEmpty()) {
            // The reference sends a noop that it appends the close packet to (engine.io 3.6, Polling.onPollRequest).
            outbox.add(NOOP);
            outbox.add(CLOSE);
            outbox.poll(exchange);
            end(closing.reason());
        } else {
            // Also in CLOSING: the queued packets are sent first, the close packet with the poll after it.
            outbox.poll(exchange);
        }
    }

    /** Asks for the body of a POST. */
    private void receivePost(Exchange exchange) {
        if (post != null) {
            exchange.reply(Eio3Responses.BROKEN_RULE);
            end(CloseReason.TRANSPORT_ERROR);
            return;
        }
        post = exchange;
        exchange.readBody(options.maxPayload());
    }

    /** Reads a polling body packet by packet, so that those before a broken one are delivered. */
    private void receivePayload(Eio3Payload.Reader payload, long now) {
        Eio3Payload.Part part = payload.next();
        while (part != null && state != State.CLOSED) {
            if (part.binary()) {
                receiveBinary(part.bytes(), now);
            } else if (part.isClose()) {
                // The only way in which a polling client can leave. A closing session accepts it, too.
                outbox.release(NOOP);
                end(CloseReason.TRANSPORT_CLOSE);
            } else {
                receive(part.bytes(), now);
            }
            part = payload.next();
        }
    }

    /** Reads a text packet: its type is the first character. */
    private void receive(Bytes packet, long now) {
        if (state != State.OPEN) {
            return;
        }
        heartbeat.receive(now);
        int type = packet.isEmpty() ? -1 : packet.at(0);
        switch (type) {
            // 42["name",1] on either transport; b4AQIDBA== from a client that takes no binary.
            case '4' -> layer.text(packet.slice(1, packet.length()));
            case 'b' -> layer.binary(Eio3Payload.binaryOfText(packet));
            // Without the data of the ping: so in engine.io 1.8, 3.6 and 6.6.
            case '2' -> transmit(PONG);
            // Open, close on a WebSocket, pong, upgrade out of turn, noop: engine.io 3.6 ignores them.
            case '0', '1', '3', '5', '6' -> {}
            default -> throw new ProtocolException(CloseReason.PARSE_ERROR, "unknown Engine.IO packet type");
        }
        watchAttachments(now);
    }

    /** Reads a binary packet: its type is the first byte. */
    private void receiveBinary(Bytes packet, long now) {
        if (state != State.OPEN) {
            return;
        }
        heartbeat.receive(now);
        // No client sends other types as bytes. Of them engine.io 3.6 answers a ping and ignores the rest.
        if (!packet.isEmpty() && packet.at(0) == Eio3Encoder.MESSAGE_TYPE) {
            layer.binary(packet.slice(1, packet.length()));
            watchAttachments(now);
        }
    }

    /** Starts or stops the timeout for the attachments of a packet. */
    private void watchAttachments(long now) {
        if (layer.incomplete() == 0) {
            attachmentsBy = NEVER;
        } else if (attachmentsBy == NEVER) {
            attachmentsBy = now + options.attachmentTimeout();
            scheduleWake();
        }
    }

    /** Reads a message of the WebSocket that may take over. */
    private void receiveProbe(Eio3Upgrade current, Bytes message, long now) {
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
        heartbeat.receive(now);
        // A client that still polls did not pause as it should; the reference answers that poll with a close packet.
        outbox.release(CLOSE);
        listener.transport(Eio3.WEBSOCKET);
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
        Eio3Upgrade dropped = upgrade;
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
        long next = Math.min(soon, closing == null ? heartbeat.deadline() : closing.deadline());
        if (next < wakeAt) {
            wakeAt = next;
            listener.wakeAt(next);
        }
    }
}
