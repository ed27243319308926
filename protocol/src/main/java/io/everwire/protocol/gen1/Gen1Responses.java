package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.Response;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.TransportOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTTP responses that belong to no transport, with the headers and words of server 0.9.19. */
final class Gen1Responses {
    /** Answers a request that ends its session. */
    static final Response DISCONNECTED = new Response(200, List.of(), Bytes.EMPTY);

    private static final List<String> TEXT = List.of("Content-Type", "text/plain");
    private static final List<String> TEXT_UTF8 = List.of("Content-Type", "text/plain; charset=UTF-8");
    private static final List<String> SCRIPT = List.of("Content-Type", "application/javascript");

    /** Answers a request that asks for nothing. Later servers answer 400. */
    static final Response WELCOME = new Response(200, TEXT, Bytes.utf8("Welcome to socket.io."));

    /** Answers a POST that is too large. Ours: the original destroyed the connection. */
    static final Response TOO_LARGE = new Response(413, TEXT, Bytes.utf8("too large"));

    private static final Response POSTED = new Response(200, TEXT_UTF8, Bytes.utf8("1"));
    /**
     * Answers a POST of another origin. The header switches off the filter of Internet Explorer 8, which cross-origin
     * pages may trigger.
     */
    private static final Response POSTED_ACROSS = new Response(
            200, List.of("Content-Type", "text/plain; charset=UTF-8", "X-XSS-Protection", "0"), Bytes.utf8("1"));

    /** The longest time that a client can wait, in milliseconds: timers of JavaScript end at 2<sup>31</sup>−1. */
    private static final long LONGEST_TIMER = 2_147_483_000;

    /** The "close timeout" of server 0.9.19, in milliseconds: the client closes after so long a silence. */
    private static final long MIN_CLOSE_TIMEOUT = 60_000;

    private Gen1Responses() {}

    /**
     * Answers the request that opens a session, for example {@code SID:60:60:websocket,xhr-polling}: the id, two times
     * in seconds and the transports to choose from. The client closes after the first time without a heartbeat, if its
     * transport has heartbeats, and after the second without any data.
     */
    static Response handshake(Exchange exchange, String sid, SessionOptions options) {
        long heartbeat = 0;
        long close = MIN_CLOSE_TIMEOUT;
        List<String> offered = new ArrayList<>();
        for (Gen1Transport transport : Gen1Transport.values()) {
            String name = transport.wireName();
            if (options.serves(name)) {
                TransportOptions timing = options.transport(name);
                heartbeat = Math.max(heartbeat, transport.heartbeatTimeout(timing));
                close = Math.max(close, transport.closeTimeout(timing));
                // Flash is offered only if the option names it, as in the original.
                if (transport != Gen1Transport.FLASHSOCKET
                        || options.transports().contains(name)) {
                    offered.add(name);
                }
            }
        }
        // Without heartbeats the original left the field empty; client 0.9.17 takes that for 0 and closes at once.
        String body = sid
                + ':'
                + seconds(heartbeat == 0 ? LONGEST_TIMER : heartbeat)
                + ':'
                + seconds(close)
                + ':'
                + String.join(",", offered);
        String callback = Gen1Target.callback(exchange.head().target());
        return callback == null
                ? new Response(200, TEXT, Bytes.utf8(body))
                : new Response(200, SCRIPT, Bytes.utf8(callback + "(" + Gen1Text.script(Bytes.utf8(body)) + ");"));
    }

    /** Answers every POST, with any body. */
    static Response posted(Exchange exchange) {
        return exchange.head().header("Origin") == null ? POSTED : POSTED_ACROSS;
    }

    /** Rejects a request: a handshake in words, a transport with an error packet or a closed connection. */
    static void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        switch (refusal) {
            case UNKNOWN_SESSION -> refuseSession(exchange);
            case UNKNOWN_TRANSPORT -> refuseTransport(exchange);
            // Closed without a byte; see the wire card.
            case BAD_REQUEST -> exchange.drop();
            case BAD_METHOD ->
                // A 405 must name the methods that are allowed (RFC 9110, section 15.5.6).
                exchange.reply(new Response(
                        405,
                        List.of("Content-Type", "text/plain", "Allow", "GET, POST"),
                        Bytes.utf8(message == null ? "method not allowed" : message)));
            case UNSUPPORTED_VERSION ->
                exchange.reply(new Response(
                        500, TEXT, Bytes.utf8(message == null ? "Protocol version not supported." : message)));
            case FORBIDDEN -> {
                boolean origin = exchange.head().header("Origin") != null;
                replyMessage(exchange, 403, message, origin ? "handshake bad origin" : "handshake unauthorized");
            }
            case OVERLOADED -> replyMessage(exchange, 503, message, "handshake error");
        }
    }

    /**
     * Answers a request of an unknown session, so that the client starts with a new handshake. A WebSocket gets 400
     * instead: it is not open yet, so no packet can reach the client.
     */
    private static void refuseSession(Exchange exchange) {
        String target = exchange.head().target();
        Gen1Transport transport = Gen1Target.transport(target);
        if (Gen1Target.disconnects(target)) {
            exchange.reply(DISCONNECTED);
        } else if (transport == null || exchange.head().upgrade()) {
            exchange.reply(new Response(400, TEXT, Bytes.utf8("client not handshaken")));
        } else if (exchange.head().method().equals("POST")) {
            exchange.reply(posted(exchange));
        } else {
            Gen1Connection.of(exchange, transport).closeForReconnect();
        }
    }

    /**
     * Closes the connection without a byte; see the wire card. A client by script would wait for ever, so a handshake
     * is answered with a text that is the same for everybody: a page of any origin can read it.
     */
    private static void refuseTransport(Exchange exchange) {
        if (exchange.head().upgrade() || Gen1Target.callback(exchange.head().target()) == null) {
            exchange.drop();
        } else {
            replyMessage(exchange, 400, null, "jsonp-polling is not served");
        }
    }

    /**
     * Answers with a text. A script cannot see a status, so it gets an error to throw: {@code io.j[0](new Error("…"));}
     */
    private static void replyMessage(Exchange exchange, int status, @Nullable String message, String usual) {
        Bytes body = Bytes.utf8(message == null ? usual : message);
        String callback = exchange.head().upgrade()
                ? null
                : Gen1Target.callback(exchange.head().target());
        exchange.reply(
                callback == null
                        ? new Response(status, TEXT, body)
                        : new Response(
                                200, SCRIPT, Bytes.utf8(callback + "(new Error(" + Gen1Text.script(body) + "));")));
    }

    /** Returns a time in seconds, with a fraction if it has one: {@code 60}, {@code 0.5}. */
    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
    }
}
