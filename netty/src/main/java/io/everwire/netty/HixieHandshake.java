package io.everwire.netty;

import io.everwire.protocol.RequestHead;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests and the responses of two handshakes: draft-hixie-thewebsocketprotocol-75 and -76, which Flash and the
 * browsers of 2010 use. Computes only; {@link WebSocketHandshaker} sends.
 *
 * <p>Clients compare the response byte by byte. Its lines therefore have the order of the drafts, and none is added.
 *
 * <p>A request of hixie-76 ends with a nonce of 8 bytes that no header announces; Netty's decoder recognizes such
 * requests and passes the nonce on as their body. A proxy may hold the nonce back until it has seen the head of the
 * response (HAProxy did): the head is therefore sent before the nonce arrives, and the digest of 16 bytes after it.
 */
final class HixieHandshake {
    private static final String WEB_SOCKET = "WebSocket";
    private static final String KEY_1 = "Sec-WebSocket-Key1";
    private static final String KEY_2 = "Sec-WebSocket-Key2";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    /** The name is written in two words: clients of hixie-75 compare the whole line. */
    private static final HttpResponseStatus STATUS_75 = new HttpResponseStatus(101, "Web Socket Protocol Handshake");

    private static final HttpResponseStatus STATUS_76 = new HttpResponseStatus(101, "WebSocket Protocol Handshake");

    /** The largest number that a key may stand for. */
    private static final long UNSIGNED_INT = 0xFFFFFFFFL;

    private HixieHandshake() {}

    /**
     * Returns whether {@code request} is a valid request for a WebSocket of a draft. The protocol's name is compared
     * with its case, as the servers of 2010 did; a request that names a later version does not match.
     */
    static boolean isGrantable(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return WEB_SOCKET.equals(headers.get(HttpHeaderNames.UPGRADE))
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && request.decoderResult().isSuccess()
                && HttpMethod.GET.equals(request.method())
                && HttpVersion.HTTP_1_1.equals(request.protocolVersion())
                && hasNoBody(request)
                && !headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION)
                && !headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
                && hasKeysOrNone(headers)
                && isEchoable(request);
    }

    /** Returns whether no body is announced. An {@code HttpObjectAggregator} sets the length of the nonce by itself. */
    private static boolean hasNoBody(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return request instanceof FullHttpRequest
                || (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                        && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING));
    }

    /** Returns whether both keys are present, each once, or neither. */
    private static boolean hasKeysOrNone(HttpHeaders headers) {
        int first = headers.getAll(KEY_1).size();
        return first <= 1 && first == headers.getAll(KEY_2).size();
    }

    /** Returns whether everything that the response repeats is visible ASCII and present at most once. */
    private static boolean isEchoable(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return isVisible(List.of(request.uri()))
                && headers.contains(HttpHeaderNames.HOST)
                && isVisible(headers.getAll(HttpHeaderNames.HOST))
                && isVisible(headers.getAll(HttpHeaderNames.ORIGIN))
                && isVisible(headers.getAll(PROTOCOL));
    }

    private static boolean isVisible(List<String> values) {
        return values.size() <= 1
                && values.stream().allMatch(value -> value.chars().allMatch(c -> c >= ' ' && c < 0x7F));
    }

    /** Returns the version of a grantable request: only hixie-76 has keys. */
    static HixieEncoder version(RequestHead head) {
        return head.header(KEY_1) == null ? HixieEncoder.HIXIE_75 : HixieEncoder.HIXIE_76;
    }

    /**
     * Returns whether the keys of a hixie-76 request are numbers. If not, the draft demands that the connection be
     * closed.
     */
    static boolean hasValidKeys(RequestHead head) {
        return number(head.header(KEY_1)) >= 0 && number(head.header(KEY_2)) >= 0;
    }

    /** Returns the whole response of hixie-75. */
    static HttpResponse response75(RequestHead head) {
        HttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, STATUS_75, Unpooled.EMPTY_BUFFER);
        response.headers()
                .add("Upgrade", WEB_SOCKET)
                .add("Connection", "Upgrade")
                .add("WebSocket-Origin", origin(head))
                .add("WebSocket-Location", location(head));
        return response;
    }

    /** Returns the head of the response of hixie-76, which {@link #digest76} completes. */
    static HttpResponse head76(RequestHead head) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, STATUS_76);
        response.headers()
                .add("Upgrade", WEB_SOCKET)
                .add("Connection", "Upgrade")
                .add("Sec-WebSocket-Origin", origin(head))
                .add("Sec-WebSocket-Location", location(head));
        String protocol = head.header(PROTOCOL);
        if (protocol != null) {
            response.headers().add(PROTOCOL, protocol);
        }
        return response;
    }

    /**
     * Returns the end of the response of hixie-76: the digest of both keys and the nonce.
     *
     * @param nonce the body of the request
     */
    static HttpObject digest76(RequestHead head, byte[] nonce) {
        byte[] digest = digest(number(head.header(KEY_1)), number(head.header(KEY_2)), nonce);
        return new DefaultLastHttpContent(Unpooled.wrappedBuffer(digest));
    }

    /** Returns the origin to repeat. A client requires one in the response; one that sent none accepts {@code null}. */
    private static String origin(RequestHead head) {
        String origin = head.header("Origin");
        return origin == null ? "null" : origin;
    }

    /** Returns the address of the WebSocket, which clients compare with the address that they connected to. */
    static String location(RequestHead head) {
        return (head.secure() ? "wss://" : "ws://") + head.header("Host") + head.target();
    }

    /**
     * Returns the number that a key stands for (hixie-76, section 5.2): its digits in a row, divided by the number of
     * its spaces.
     *
     * @return −1 if it stands for none: no digits, no spaces, a remainder, or more than 32 bits
     */
    static long number(@Nullable String key) {
        long digits = -1;
        int spaces = 0;
        for (int i = 0; key != null && i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == ' ') {
                spaces++;
            } else if (c >= '0' && c <= '9') {
                digits = Math.max(digits, 0) * 10 + (c - '0');
                if (digits > UNSIGNED_INT * key.length()) {
                    return -1;
                }
            }
        }
        return digits < 0 || spaces == 0 || digits % spaces != 0 || digits / spaces > UNSIGNED_INT
                ? -1
                : digits / spaces;
    }

    /** Returns the MD5 digest of both numbers, 32 bits each, and the nonce. */
    static byte[] digest(long first, long second, byte[] nonce) {
        ByteBuffer challenge = ByteBuffer.allocate(8 + nonce.length);
        challenge.putInt((int) first).putInt((int) second).put(nonce);
        try {
            return MessageDigest.getInstance("MD5").digest(challenge.array());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has MD5", impossible);
        }
    }
}
