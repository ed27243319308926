package io.everwire.engine;

import io.everwire.protocol.Exchange;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The decision about a request: to accept it, to answer it with a given response, or to reject it.
 *
 * @param headers names and values in turn, for the response in any case
 * @param response the response instead of the server's own, or null
 * @param refusal the reason to reject the request, or null
 * @param message the message for the client of a rejected request; null for the generation's own words
 * @param kept returns the head that the session of an accepted request keeps
 */
public record Verdict(
        List<String> headers,
        @Nullable Response response,
        @Nullable Refusal refusal,
        @Nullable String message,
        UnaryOperator<RequestHead> kept) {
    private static final Verdict ACCEPTED = accept(List.of());

    /** Accepts the request. */
    public static Verdict accept() {
        return ACCEPTED;
    }

    /** Accepts the request; its session keeps the head that {@code kept} returns. */
    public static Verdict acceptWith(UnaryOperator<RequestHead> kept) {
        return new Verdict(List.of(), null, null, null, kept);
    }

    /** Accepts the request and adds headers to its response. */
    public static Verdict accept(List<String> headers) {
        return new Verdict(headers, null, null, null, UnaryOperator.identity());
    }

    /** Answers the request, which the server does not handle then. */
    public static Verdict respond(List<String> headers, Response response) {
        return new Verdict(headers, response, null, null, UnaryOperator.identity());
    }

    /** Rejects the request with a given response; the reason and the message are for observers. */
    public static Verdict reject(Refusal refusal, @Nullable String message, Response response) {
        return new Verdict(List.of(), response, refusal, message, UnaryOperator.identity());
    }

    /** Rejects the request. */
    public static Verdict reject(List<String> headers, Refusal refusal, @Nullable String message) {
        return new Verdict(headers, null, refusal, message, UnaryOperator.identity());
    }

    /** Rejects the request. */
    static Verdict reject(Refusal refusal, @Nullable String message) {
        return reject(List.of(), refusal, message);
    }

    /** Sends the response of a rejected request: the given one, or that of the generation. */
    void reply(Exchange exchange, Generation generation, Refusal reason) {
        if (response == null) {
            generation.refuse(exchange, reason, message);
        } else {
            exchange.reply(response);
        }
    }
}
