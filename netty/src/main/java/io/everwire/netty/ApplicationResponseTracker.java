package io.everwire.netty;

import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** Finds the end of the application's response to one request among the messages that the application writes. */
final class ApplicationResponseTracker {
    /** The state of the response after a message. */
    enum Progress {
        /** More messages follow. */
        CONTINUES,
        /** The message was the last of the response. */
        ENDED,
        /** The connection speaks HTTP no longer. */
        SWITCHED
    }

    private final boolean connect;
    private boolean last;
    private boolean interim;

    /** @param request the request that the application answers */
    ApplicationResponseTracker(HttpRequest request) {
        connect = HttpMethod.CONNECT.equals(request.method());
        last = HeadRules.changesFraming(request);
    }

    /**
     * Returns whether the connection ends after the response: because the response says so, after which no further
     * request may be processed (RFC 9112, section 9.6), or because of {@link HeadRules#changesFraming}.
     */
    boolean isLast() {
        return last;
    }

    /**
     * Takes note of a message that is being written. A 2xx response to CONNECT opens a tunnel (RFC 9110, section
     * 9.3.6).
     *
     * @return the state of the response after it
     */
    Progress written(Object message) {
        if (message instanceof HttpResponse response) {
            HttpResponseStatus status = response.status();
            if (status.code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()
                    || (connect && status.codeClass() == HttpStatusClass.SUCCESS)) {
                return Progress.SWITCHED;
            }
            // 100 and 103 precede the response, with a LastHttpContent of their own.
            interim = status.codeClass() == HttpStatusClass.INFORMATIONAL;
            last |= response.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        }
        if (message instanceof LastHttpContent || message instanceof HttpChunkedInput) {
            return interim ? Progress.CONTINUES : Progress.ENDED;
        }
        return Progress.CONTINUES;
    }
}
