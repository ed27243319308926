package io.everwire.netty;

import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** Watches the application's answer to one request go by, to know where it ends. */
final class ApplicationResponseTracker {
    /** What a message of the answer means. */
    enum Progress {
        /** More follows. */
        GOING_ON,
        /** It was the last. */
        ENDED,
        /** The connection speaks HTTP no longer. */
        SWITCHED
    }

    private final boolean connect;
    private boolean interim;

    ApplicationResponseTracker(HttpRequest request) {
        connect = HttpMethod.CONNECT.equals(request.method());
    }

    /** Looks at the next message. */
    Progress see(Object message) {
        if (message instanceof HttpResponse response) {
            HttpResponseStatus status = response.status();
            if (status.code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()
                    || (connect && status.codeClass() == HttpStatusClass.SUCCESS)) {
                return Progress.SWITCHED;
            }
            // 100 and 103 come before the answer, with an end of their own.
            interim = status.codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        if (message instanceof LastHttpContent || message instanceof HttpChunkedInput) {
            return interim ? Progress.GOING_ON : Progress.ENDED;
        }
        return Progress.GOING_ON;
    }
}
