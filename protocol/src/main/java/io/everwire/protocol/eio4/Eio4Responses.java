package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.Response;
import io.everwire.protocol.text.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTTP responses of this generation, header for header those of engine.io 6.6.12. */
final class Eio4Responses {
    /** Answers every POST, with any content. "text/html" keeps some browsers from offering a download. */
    static final Response OK =
            new Response(200, List.of("Content-Type", "text/html", "cache-control", "no-store"), Bytes.utf8("ok"));

    /** Answers a request that violates the rules of polling; the session closes. */
    static final Response BROKEN_RULE = new Response(400, List.of(), Bytes.EMPTY);

    /** Answers a POST that is too large; the session continues. */
    static final Response TOO_LARGE = new Response(413, List.of(), Bytes.EMPTY);

    /** Answers methods other than GET and POST; the session continues. */
    static final Response NO_SUCH_METHOD = new Response(500, List.of(), Bytes.EMPTY);

    private static final List<String> POLL_HEADERS =
            List.of("Content-Type", "text/plain; charset=UTF-8", "cache-control", "no-store");
    private static final List<String> JSON_HEADERS = List.of("Content-Type", "application/json");
    /** The spelling "Content-type" is the reference's (engine.io 6.6, {@code abortUpgrade}). */
    private static final List<String> NO_UPGRADE_HEADERS = List.of("Connection", "close", "Content-type", "text/html");

    private Eio4Responses() {}

    /**
     * Returns the response to a poll.
     *
     * @param compress whether a packet in it is worth compressing
     */
    static Response poll(Bytes payload, boolean compress) {
        return new Response(200, POLL_HEADERS, payload, compress);
    }

    /**
     * Rejects a request with code and message in JSON: {@code {"code":1,"message":"Session ID unknown"}}. A request for
     * a WebSocket gets the message alone.
     */
    static void refuse(Exchange exchange, Refusal refusal, @Nullable String words) {
        String message = words == null ? message(refusal) : words;
        if (exchange.head().upgrade()) {
            // 400 even for "Forbidden": a browser's WebSocket shows neither status nor body.
            exchange.reply(new Response(400, NO_UPGRADE_HEADERS, Bytes.utf8(message)));
            return;
        }
        String quoted = new String(Json.quote(message), StandardCharsets.UTF_8);
        Bytes body = Bytes.utf8("{\"code\":" + code(refusal) + ",\"message\":" + quoted + "}");
        exchange.reply(new Response(status(refusal), JSON_HEADERS, body));
    }

    /** Returns the HTTP status. */
    private static int status(Refusal refusal) {
        return switch (refusal) {
            case FORBIDDEN -> 403;
            // Ours: the reference has no such limit. Proxies and clients understand 503.
            case OVERLOADED -> 503;
            default -> 400;
        };
    }

    /** Returns the code in the body, by which clients distinguish errors. */
    private static int code(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_TRANSPORT -> 0;
            case UNKNOWN_SESSION -> 1;
            case BAD_METHOD -> 2;
            // The reference has no code for an overload.
            case BAD_REQUEST, OVERLOADED -> 3;
            case FORBIDDEN -> 4;
            case UNSUPPORTED_VERSION -> 5;
        };
    }

    /** Returns the message in the body. */
    private static String message(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_TRANSPORT -> "Transport unknown";
            case UNKNOWN_SESSION -> "Session ID unknown";
            case BAD_METHOD -> "Bad handshake method";
            case BAD_REQUEST -> "Bad request";
            case FORBIDDEN -> "Forbidden";
            case UNSUPPORTED_VERSION -> "Unsupported protocol version";
            case OVERLOADED -> "Server overloaded";
        };
    }
}
