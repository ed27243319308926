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
 * The WebSocket handshakes of 2010: draft-hixie-thewebsocketprotocol-75 and -76, by which Flash and the browsers of then
 * connect. Clients compare the answer byte by byte, so that its lines stand in the drafts' order and no others among them.
 *
 * <p>In 76 the request ends with 8 bytes that no header announces; Netty's decoder knows them and hands them on as its
 * body. A proxy that waits for the answer's head may hold them back (HAProxy did): the head leaves before they are here,
 * the 16 bytes made of them follow.
 */
final class HixieHandshake {
    private static final String WEB_SOCKET = "WebSocket";
    private static final String KEY_1 = "Sec-WebSocket-Key1";
    private static final String KEY_2 = "Sec-WebSocket-Key2";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    /** Spelled in two words: clients of 75 compare the whole line. */
    private static final HttpResponseStatus STATUS_75 = new HttpResponseStatus(101, "Web Socket Protocol Handshake");

    private static final HttpResponseStatus STATUS_76 = new HttpResponseStatus(101, "WebSocket Protocol Handshake");

    /** What a quotient of a key must fit in. */
    private static final long UNSIGNED_INT = 0xFFFFFFFFL;

    private HixieHandshake() {}

    /**
     * Whether {@code request} asks for a WebSocket of a draft. The name's case is that of the drafts, as the servers of
     * 2010 had it; whatever names a later version is not one of them.
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

    /** None that is announced; but an aggregator before us says the length of what it gathered. */
    private static boolean hasNoBody(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return request instanceof FullHttpRequest
                || (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                        && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING));
    }

    /** Both keys, or neither, and each once. */
    private static boolean hasKeysOrNone(HttpHeaders headers) {
        int first = headers.getAll(KEY_1).size();
        return first <= 1 && first == headers.getAll(KEY_2).size();
    }

    /** What goes back into headers is visible ASCII, and said once. */
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

    /** Which draft a granted request speaks. */
    static HixieEncoder draft(RequestHead head) {
        return head.header(KEY_1) == null ? HixieEncoder.HIXIE_75 : HixieEncoder.HIXIE_76;
    }

    /**
     * Sends what can be said before the whole request is here.
     *
     * @return false if the keys are none, which the draft answers by closing; then nothing was sent
     */
    static boolean begin(NettyExchange exchange, HttpResponseWriter outlet) {
        RequestHead head = exchange.head();
        if (draft(head) == HixieEncoder.HIXIE_76) {
            if (number(head.header(KEY_1)) < 0 || number(head.header(KEY_2)) < 0) {
                return false;
            }
            exchange.greeted();
            outlet.sendPiece(head76(head));
        }
        return true;
    }

    /** The rest of the answer, when the request is complete. What was added to the exchange is for other answers. */
    static HttpObject finish(NettyExchange exchange) {
        RequestHead head = exchange.head();
        exchange.becomeLine();
        if (draft(head) == HixieEncoder.HIXIE_75) {
            return head75(head);
        }
        byte[] nonce = exchange.body().take().toByteArray();
        return new DefaultLastHttpContent(
                Unpooled.wrappedBuffer(digest(number(head.header(KEY_1)), number(head.header(KEY_2)), nonce)));
    }

    private static HttpResponse head75(RequestHead head) {
        HttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, STATUS_75, Unpooled.EMPTY_BUFFER);
        response.headers()
                .add("Upgrade", WEB_SOCKET)
                .add("Connection", "Upgrade")
                .add("WebSocket-Origin", origin(head))
                .add("WebSocket-Location", location(head));
        return response;
    }

    private static HttpResponse head76(RequestHead head) {
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

    /** A client must find one in the answer; without one of its own it takes none for {@code null}. */
    private static String origin(RequestHead head) {
        String origin = head.header("Origin");
        return origin == null ? "null" : origin;
    }

    /** Clients compare it with the address that they connected by. */
    static String location(RequestHead head) {
        return (head.secure() ? "wss://" : "ws://") + head.header("Host") + head.target();
    }

    /**
     * What a key says (draft 76, section 5.2): its digits in a row, divided by the number of its spaces.
     *
     * @return −1 if it says nothing: no digits, no spaces, a remainder, or more than 32 bits hold
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

    /** What a client must find after the head: the MD5 of both numbers, 32 bits each, and its 8 bytes. */
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
