package io.everwire.netty;

import io.everwire.engine.Compression;
import io.everwire.protocol.RequestHead;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The request and the response of the RFC 6455 handshake (section 4.2). Computes only; {@link WebSocketHandshaker}
 * sends.
 *
 * <p>The drafts hybi-07 and hybi-08 call themselves versions 7 and 8, and differ in nothing that a server without
 * extensions sees.
 */
final class Rfc6455Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String VERSION = "13";
    private static final Set<String> VERSIONS = Set.of(VERSION, "8", "7");
    private static final int KEY_BYTES = 16;

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
                && VERSIONS.contains(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION, ""))
                && isKey(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY));
    }

    private static boolean isKey(List<String> keys) {
        try {
            return keys.size() == 1 && Base64.getDecoder().decode(keys.get(0)).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /**
     * Returns the agreed extension as the response names it, or null for none. Versions before 13 knew other
     * extensions.
     *
     * @param options the server's options for compression, or null if it is off
     */
    static @Nullable String extension(RequestHead head, Compression.@Nullable Deflate options) {
        return options == null || !VERSION.equals(head.header("Sec-WebSocket-Version"))
                ? null
                : DeflateOffer.accept(all(head, "Sec-WebSocket-Extensions"), options);
    }

    /** Returns the values of all headers of a name as one list (RFC 9110, section 5.3), or null if it has none. */
    private static @Nullable String all(RequestHead head, String name) {
        StringJoiner values = new StringJoiner(",");
        head.forEachHeader((each, value) -> {
            if (each.equalsIgnoreCase(name)) {
                values.add(value);
            }
        });
        return values.length() == 0 ? null : values.toString();
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
        StringBuilder response = new StringBuilder(256).append(SWITCHING).append(accept(key == null ? "" : key));
        String protocol = firstProtocol(head.header("Sec-WebSocket-Protocol"));
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

    /** Returns the value of {@code Sec-WebSocket-Accept} for a key (section 4.2.2). */
    static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }

    /**
     * Returns the first offered protocol, as the Node server (ws 8) does: a browser that offers some fails without one.
     */
    private static @Nullable String firstProtocol(@Nullable String offered) {
        if (offered == null) {
            return null;
        }
        String first = offered.split(",", 2)[0].trim();
        return first.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") ? first : null;
    }
}
