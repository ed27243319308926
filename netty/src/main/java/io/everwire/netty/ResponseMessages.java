package io.everwire.netty;

import io.everwire.engine.HeaderMerger;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds Netty's messages of the engine's responses. Any thread. */
final class ResponseMessages {
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

    /**
     * Headers that are not validated: most of a response are constants. Headers that the application adds are checked by
     * {@link #check}.
     */
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private ResponseMessages() {}

    /**
     * Returns a whole response. Responses to HEAD, 204 and 304 have no content (RFC 9110, section 6.4).
     *
     * @param added the headers that the engine or the application added, names and values in turn
     * @throws IllegalArgumentException if one of them cannot be sent
     */
    static FullHttpResponse whole(RequestHead head, Response response, List<String> added) {
        HttpResponseStatus status = HttpResponseStatus.valueOf(response.status());
        boolean bodiless =
                status.equals(HttpResponseStatus.NO_CONTENT) || status.equals(HttpResponseStatus.NOT_MODIFIED);
        boolean silent = bodiless || HttpMethod.HEAD.name().equals(head.method());
        ByteBuf bytes = silent ? Unpooled.EMPTY_BUFFER : content(response.body());
        FullHttpResponse built = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, bytes, UNCHECKED, UNCHECKED);
        check(added);
        add(built, HeaderMerger.merge(response.headers(), added));
        if (!bodiless) {
            built.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length());
        }
        return built;
    }

    /** Returns the head of a streamed response; see {@link #whole}. */
    static HttpResponse beginning(Response response, List<String> added) {
        HttpResponse built =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
        add(built, HeaderMerger.merge(response.headers(), added));
        return built;
    }

    /**
     * Sets the headers that tell the future of the connection. {@code Keep-Alive} is for one hop, as {@code Connection}
     * says (RFC 9112, appendix C.2.2).
     *
     * @param version the version of the request
     * @param keepAlive the value of {@code Keep-Alive}, or null for none
     */
    static void setConnection(
            HttpResponse response, HttpVersion version, boolean last, @Nullable AsciiString keepAlive) {
        HttpHeaders headers = response.headers();
        if (last) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (keepAlive != null) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
            headers.set(KEEP_ALIVE, keepAlive);
        } else if (!version.isKeepAliveDefault()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    /** Returns a buffer of the same memory. */
    static ByteBuf content(Bytes bytes) {
        return Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length());
    }

    /**
     * Checks a header of the application (RFC 9110, section 5).
     *
     * @throws IllegalArgumentException if the name or the value cannot be sent
     */
    static void check(String name, String value) {
        if (name.isEmpty() || HttpHeaderValidationUtil.validateToken(name) >= 0) {
            throw new IllegalArgumentException("the name of a header must be a token");
        }
        int at = HttpHeaderValidationUtil.validateValidHeaderValue(value);
        if (at >= 0) {
            throw new IllegalArgumentException("the value of the header " + name + " has a control character at " + at);
        }
    }

    private static void check(List<String> namesAndValues) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            check(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    /** Adds headers, given as names and values in turn. */
    static void add(HttpResponse response, List<String> namesAndValues) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            response.headers().add(HeaderText.of(namesAndValues.get(i)), HeaderText.of(namesAndValues.get(i + 1)));
        }
    }
}
