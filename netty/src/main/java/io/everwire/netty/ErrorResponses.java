package io.everwire.netty;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The responses that the host gives by itself: to requests that are no HTTP, too large or too slow, and 100 Continue.
 */
final class ErrorResponses {
    private ErrorResponses() {}

    /** Returns a new interim response that has the peer send its body (RFC 9110, section 10.1.1). */
    static FullHttpResponse continue100() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    /**
     * Returns a new response that announces the end of the connection.
     *
     * @param added further headers, names and values in turn
     */
    static FullHttpResponse closing(Rejection rejection, List<String> added) {
        byte[] text = rejection.body().getBytes(StandardCharsets.US_ASCII);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, rejection.status(), Unpooled.wrappedBuffer(text));
        ResponseMessages.add(response, added);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.length);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }
}
