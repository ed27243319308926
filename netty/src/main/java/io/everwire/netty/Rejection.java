package io.everwire.netty;

import io.everwire.engine.LimitLog;
import io.everwire.protocol.ReachedLimit;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * The reason why the host rejects a request by itself.
 *
 * @param status the status of the response
 * @param text the body of the response: a sentence that holds nothing of the request
 * @param option the option of the limit that the request exceeds, or null if it exceeds none
 * @param limit the value of the option; a time is in milliseconds
 */
record Rejection(
        HttpResponseStatus status, String text, @Nullable String option, long limit) {
    /** The head breaks a rule of HTTP. */
    static final Rejection MALFORMED = of(HttpResponseStatus.BAD_REQUEST, "The request is malformed.");

    /** The server failed. */
    static final Rejection FAILED = of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "The server failed.");

    private static Rejection of(HttpResponseStatus status, String text) {
        return new Rejection(status, text, null, 0);
    }

    /** Returns the rejection of a request line that is too long. */
    static Rejection line(NettyOptions options) {
        return limit(
                HttpResponseStatus.REQUEST_URI_TOO_LONG, "maxRequestLine", options.maxRequestLine(), "A request line");
    }

    /** Returns the rejection of headers that are too long together. */
    static Rejection headers(NettyOptions options) {
        return limit(
                HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                "maxHeaderBytes",
                options.maxHeaderBytes(),
                "The headers of a request");
    }

    /** Returns the rejection of too many headers. */
    static Rejection headerCount(NettyOptions options) {
        return limit(
                HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                "maxHeaderCount",
                options.maxHeaderCount(),
                "The number of the headers of a request");
    }

    /** Returns the rejection of a head that took too long. */
    static Rejection slowHead(NettyOptions options) {
        return limit(
                HttpResponseStatus.REQUEST_TIMEOUT,
                "headTimeout",
                options.headTimeout().toMillis(),
                "The head of a request");
    }

    /** Returns the rejection of a body that took too long. */
    static Rejection slowBody(NettyOptions options) {
        return limit(
                HttpResponseStatus.REQUEST_TIMEOUT,
                "bodyTimeout",
                options.bodyTimeout().toMillis(),
                "The body of a request");
    }

    /** Returns the rejection of a body that took too long although it arrived at a sufficient rate. */
    static Rejection longBody(NettyOptions options) {
        return limit(
                HttpResponseStatus.REQUEST_TIMEOUT,
                "requestTimeout",
                options.requestTimeout().toMillis(),
                "The body of a request");
    }

    /** Returns the rejection of too many requests before the response to an earlier one. It is not sent. */
    static Rejection pipelined(NettyOptions options) {
        return limit(HttpResponseStatus.TOO_MANY_REQUESTS, "maxPipelined", options.maxPipelined(), "The queue");
    }

    /** Reports an unwanted body that is too long to be discarded; its request was answered before. */
    static void reportDiscarded(NettyOptions options, LimitLog limits) {
        limits.report(ReachedLimit.beyond("maxDiscarded", options.maxDiscarded()), "a connection was closed");
    }

    private static Rejection limit(HttpResponseStatus status, String option, long limit, String exceeded) {
        return new Rejection(status, exceeded, option, limit);
    }

    /** Returns whether the head did not arrive completely, because a part of it is too long. */
    boolean cutsHead() {
        return "maxRequestLine".equals(option) || "maxHeaderBytes".equals(option);
    }

    /** Returns the body of the response: a sentence that names the limit, and nothing of the request. */
    String body() {
        return option == null ? text + "\n" : text + " exceeds the limit " + option + " = " + limit + ".\n";
    }

    /** Reports an exceeded limit. */
    void report(LimitLog limits) {
        if (option != null) {
            limits.report(ReachedLimit.beyond(option, limit), "a request was rejected");
        }
    }
}
