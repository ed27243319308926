package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.Response;
import io.everwire.protocol.text.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTTP answers of this generation: those that engine.io 6.6.12 gives to clients of this version. */
final class Eio3Responses {
    /** To a POST, whatever it carried. "text/html" keeps some browsers from offering a download. */
    static final Response OK =
            new Response(200, List.of("Content-Type", "text/html", "cache-control", "no-store"), Bytes.utf8("ok"));

    /** To a request that breaks the rules of polling; the session closes. */
    static final Response BROKEN_RULE = new Response(400, List.of(), Bytes.EMPTY);

    /** To a POST that is too large; the session goes on. */
    static final Response TOO_LARGE = new Response(413, List.of(), Bytes.EMPTY);

    /** To anything but GET and POST. */
    static final Response NO_SUCH_METHOD = new Response(500, List.of(), Bytes.EMPTY);

    private static final List<String> TEXT_HEADERS =
            List.of("Content-Type", "text/plain; charset=UTF-8", "cache-control", "no-store");
    private static final List<String> BINARY_HEADERS =
            List.of("Content-Type", "application/octet-stream", "cache-control", "no-store");

    /** The reference says "text/plain"; a page that forbids sniffing would not run that. */
    private static final List<String> SCRIPT_HEADERS =
            List.of("Content-Type", "text/javascript; charset=UTF-8", "cache-control", "no-store");

    private static final List<String> JSON_HEADERS = List.of("Content-Type", "application/json");
    private static final List<String> NO_UPGRADE_HEADERS = List.of("Connection", "close", "Content-type", "text/html");

    private Eio3Responses() {}

    /** The answer to a poll, framed as text. */
    static Response text(Bytes payload, boolean compress) {
        return new Response(200, TEXT_HEADERS, payload, compress);
    }

    /** The answer to a poll, framed as binary. */
    static Response binary(Bytes payload, boolean compress) {
        return new Response(200, BINARY_HEADERS, payload, compress);
    }

    /** The answer to a poll, as a script. */
    static Response script(Bytes script, boolean compress) {
        return new Response(200, SCRIPT_HEADERS, script, compress);
    }

    /** Turns a request away: code and message in JSON, or the message alone where a WebSocket was asked for. */
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

    private static int status(Refusal refusal) {
        return switch (refusal) {
            case FORBIDDEN -> 403;
            // Ours: the reference has no such bound. Proxies and clients know what 503 means.
            case OVERLOADED -> 503;
            default -> 400;
        };
    }

    private static int code(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_TRANSPORT -> 0;
            case UNKNOWN_SESSION -> 1;
            case BAD_METHOD -> 2;
            case BAD_REQUEST, OVERLOADED -> 3;
            case FORBIDDEN -> 4;
            case UNSUPPORTED_VERSION -> 5;
        };
    }

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
