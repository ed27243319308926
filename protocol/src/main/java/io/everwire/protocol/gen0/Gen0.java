package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Query;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Generation 0: Socket.IO 0.6.x of 2010. The bytes, the times and the differences from the original are on the wire
 * card ({@code package-info}).
 */
public final class Gen0 implements Generation {
    /** Stands for no response: the connection is closed instead. */
    private static final int NO_STATUS = 0;

    @Override
    public String name() {
        return "gen0";
    }

    /**
     * Claims requests whose first segment is the name of a transport. The order of the checks decides which
     * error a client receives.
     *
     * <p>Examples: {@code /xhr-polling//1289345741901} opens a session, {@code /xhr-polling/SID/1289345741902} resumes
     * one.
     */
    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        Gen0Target target = Gen0Target.at(rest, 0);
        if (target == null || isForEngine(rest)) {
            return null;
        }
        // Not left to the application: its 404 would make a client of servers 0.6.0 and 0.6.1 poll in a loop.
        if (!options.serves(target.transport().wireName())) {
            return new Claim.Refuse(Refusal.UNKNOWN_TRANSPORT);
        }
        boolean post = head.method().equals("POST");
        boolean line = target.transport().isLine();
        // The original never answered other methods, so that the connection hung.
        if (!head.method().equals("GET") && (line || !post)) {
            return new Claim.Refuse(Refusal.BAD_METHOD);
        }
        // The original crashed on an upgrade of a request transport, and never answered a plain GET of a WebSocket
        // transport.
        if (head.upgrade() != line) {
            return new Claim.Refuse(Refusal.BAD_REQUEST);
        }
        // C1: the original took any last segment for an index, and crashed if none was there.
        if (target.transport() == Gen0Transport.JSONP_POLLING && !post && Gen0Target.index(rest) < 0) {
            return new Claim.Refuse(Refusal.BAD_REQUEST);
        }
        if (!target.sid().isEmpty()) {
            return new Claim.Resume(target.sid());
        }
        // A POST carries messages of a session, so it cannot open one.
        return post ? new Claim.Refuse(Refusal.UNKNOWN_SESSION) : new Claim.Open();
    }

    /**
     * Rejects a poll by closing its connection. The client bundled with servers 0.6.0 and 0.6.1 polls again at once
     * after any response, with any status, so a status would make it poll in a loop.
     *
     * <p>{@code EventSource} does the opposite: it reconnects after a closed connection, and stops after a status.
     */
    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        boolean post = exchange.head().method().equals("POST");
        // The server's path is not known here, so the transport is taken from the last segment that names one.
        boolean events = Gen0Target.lastNamed(exchange.head().target()) == Gen0Transport.SERVER_EVENTS;
        boolean poll = !post && !exchange.head().upgrade();
        switch (refusal) {
            case UNKNOWN_SESSION -> answer(exchange, events ? 404 : NO_STATUS, message, "unknown session");
            case BAD_METHOD -> answer(exchange, 405, message, "method not allowed");
            case BAD_REQUEST -> answer(exchange, 400, message, "bad request");
            case UNKNOWN_TRANSPORT, UNSUPPORTED_VERSION -> {
                int status = exchange.head().upgrade() ? 400 : events ? 404 : NO_STATUS;
                answer(exchange, status, message, "transport unknown");
            }
            case FORBIDDEN -> {
                int status = post ? 401 : poll && !events ? NO_STATUS : 403;
                answer(exchange, status, message, "unauthorized");
            }
            case OVERLOADED -> answer(exchange, poll ? NO_STATUS : 503, message, "overloaded");
        }
    }

    /** The transport of the first request is the session's to its end. */
    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        return new Gen0Session(sid, Gen0Target.openingTransport(head.target()), listener, options);
    }

    /** Returns false: this generation has no packet for an ack. */
    @Override
    public boolean acks() {
        return false;
    }

    /** Returns true: the clients are older than every later draft, and a Flash movie opens draft 76 only. */
    @Override
    public boolean drafts() {
        return true;
    }

    /** Returns true: a client without a session leaves its place in the path empty. */
    @Override
    public boolean doubleSlashes() {
        return true;
    }

    @Override
    public Set<String> transports() {
        return Gen0Transport.NAMES;
    }

    /** JSON-P is off by default: a page of any origin can read its responses (S4 in {@code docs/old-clients.md}). */
    @Override
    public Set<String> withheld() {
        return Set.of(Gen0Transport.JSONP_POLLING.wireName());
    }

    @Override
    public Encoded encode(Packet packet) {
        return Gen0Codec.encode(packet);
    }

    /**
     * Returns whether the query is that of a later generation. Its clients outside of browsers write paths like those
     * of this one: {@code /1/?EIO=2&transport=polling} in Cocos.
     */
    private static boolean isForEngine(String rest) {
        String transport = Query.value(rest, "transport");
        return Query.value(rest, "EIO") != null || "polling".equals(transport) || "websocket".equals(transport);
    }

    /** Answers in plain text, or closes the connection without a byte if {@code status} is {@link #NO_STATUS}. */
    private static void answer(Exchange exchange, int status, @Nullable String message, String usual) {
        if (status == NO_STATUS) {
            exchange.drop();
            return;
        }
        // A 405 must name the methods that are allowed (RFC 9110, section 15.5.6).
        List<String> headers = status == 405
                ? List.of("Content-Type", "text/plain", "Allow", "GET, POST")
                : List.of("Content-Type", "text/plain");
        exchange.reply(new Response(status, headers, Bytes.utf8(message == null ? usual : message)));
    }
}
