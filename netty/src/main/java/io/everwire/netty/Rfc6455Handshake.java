package io.everwire.netty;

import io.everwire.engine.frames.WebSocketHandshake;
import io.everwire.protocol.RequestHead;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request and the response of the RFC 6455 handshake (section 4.2) as Netty reads and writes them. Computes only;
 * {@link WebSocketHandshaker} sends.
 */
final class Rfc6455Handshake {
    /**
     * The start of the response as text: a response object and its headers would be garbage of each connection
     * (benchmark connect).
     */
    private static final String SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                    + "sec-websocket-accept: ";

    private Rfc6455Handshake() {}

    /** Returns whether {@code request} is a valid request for a WebSocket of a version that the server speaks. */
    static boolean isGrantable(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.decoderResult().isSuccess()
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && HttpMethod.GET.equals(request.method())
                && HttpVersion.HTTP_1_1.equals(request.protocolVersion())
                && !HttpUtil.isTransferEncodingChunked(request)
                && HttpUtil.getContentLength(request, 0L) == 0
                && WebSocketHandshake.isGrantable(
                        headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION),
                        headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY));
    }

    /**
     * Returns the whole response.
     *
     * @param extension the agreed extension, or null
     * @param added names and values of further headers in turn
     * @throws IllegalArgumentException if a further header cannot be sent
     */
    static String response(RequestHead head, @Nullable String extension, List<String> added) {
        String key = head.header("Sec-WebSocket-Key");
        StringBuilder response =
                new StringBuilder(256).append(SWITCHING).append(WebSocketHandshake.accept(key == null ? "" : key));
        String protocol = WebSocketHandshake.protocol(head);
        if (protocol != null) {
            response.append("\r\nsec-websocket-protocol: ").append(protocol);
        }
        if (extension != null) {
            response.append("\r\nsec-websocket-extensions: ").append(extension);
        }
        if (!added.isEmpty()) {
            checked(added)
                    .forEach(header -> response.append("\r\n")
                            .append(header.getKey())
                            .append(": ")
                            .append(header.getValue()));
        }
        return response.append("\r\n\r\n").toString();
    }

    /** Has Netty validate headers, which written as text could otherwise split the response. */
    private static HttpHeaders checked(List<String> namesAndValues) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            headers.add(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
        return headers;
    }
}
