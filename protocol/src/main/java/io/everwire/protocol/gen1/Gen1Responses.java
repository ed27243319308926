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

/** The HTTP answers that are no transport's, with the headers and words of server 0.9.19. */
final class Gen1Responses {
    /** To a request that ends its session. */
    static final Response DISCONNECTED = new Response(200, List.of(), Bytes.EMPTY);

    private static final List<String> TEXT = List.of("Content-Type", "text/plain");
    private static final List<String> TEXT_UTF8 = List.of("Content-Type", "text/plain; charset=UTF-8");
    private static final List<String> SCRIPT = List.of("Content-Type", "application/javascript");

    /** To a POST that is too large. Ours: the original destroyed the connection. */
    static final Response TOO_LARGE = new Response(413, TEXT, Bytes.utf8("too large"));

    private static final Response POSTED = new Response(200, TEXT_UTF8, Bytes.utf8("1"));
    /** Against the filter of Internet Explorer 8, which cross-origin pages may meet. */
    private static final Response POSTED_ACROSS = new Response(
            200, List.of("Content-Type", "text/plain; charset=UTF-8", "X-XSS-Protection", "0"), Bytes.utf8("1"));

    /** What a client can wait for at most: 2<sup>31</sup>−1 ms is the longest timer of JavaScript. */
    private static final long LONGEST_TIMER = 2_147_483_000;

    /** The "close timeout" of server 0.9.19: the client gives up after so long a silence. */
    private static final long MIN_CLOSE_TIMEOUT = 60_000;

    private Gen1Responses() {}

    /** The answer that begins a session: its id, how long a client bears silence, and the transports to choose from. */
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
                if (transport != Gen1Transport.FLASHSOCKET
                        || options.transports().contains(name)) {
                    offered.add(name);
                }
            }
        }
        // "No heartbeats" was an empty field; client 0.9.17 takes that for no patience at all, and leaves at once.
        String body = sid
                + ':'
                + seconds(heartbeat == 0 ? LONGEST_TIMER : heartbeat)
                + ':'
                + seconds(close)
                + ':'
                + String.join(",", offered);
        String callback = callback(exchange);
        return callback == null
                ? new Response(200, TEXT, Bytes.utf8(body))
                : new Response(200, SCRIPT, Bytes.utf8(callback + "(" + Gen1Text.script(Bytes.utf8(body)) + ");"));
    }

    /** The answer to a POST, whatever it carried. */
    static Response posted(Exchange exchange) {
        return exchange.head().header("Origin") == null ? POSTED : POSTED_ACROSS;
    }

    /** Turns a request away: a handshake in words, a transport with an error packet or a closed connection. */
    static void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        switch (refusal) {
            case UNKNOWN_SESSION -> refuseSession(exchange);
            case UNKNOWN_TRANSPORT, BAD_REQUEST -> exchange.drop();
            case BAD_METHOD ->
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

    /** The client is told to begin anew with a handshake. A WebSocket cannot be told: it does not stand yet. */
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

    /** A script cannot see a status: it is given an error to raise. */
    private static void replyMessage(Exchange exchange, int status, @Nullable String message, String usual) {
        Bytes body = Bytes.utf8(message == null ? usual : message);
        String callback = exchange.head().upgrade() ? null : callback(exchange);
        exchange.reply(
                callback == null
                        ? new Response(status, TEXT, body)
                        : new Response(
                                200, SCRIPT, Bytes.utf8(callback + "(new Error(" + Gen1Text.script(body) + "));")));
    }

    private static @Nullable String callback(Exchange exchange) {
        String index = Gen1Target.number(exchange.head().target(), "jsonp");
        return index == null ? null : "io.j[" + index + "]";
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
    }
}
