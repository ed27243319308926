package io.everwire.netty;

import io.everwire.engine.Engine;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the heads of requests that Netty's codec does not check. A head that two servers on one path read in
 * different ways lets one client choose the request or the response of another one (RFC 9112, section 11).
 */
final class HeadRules {
    /** The smallest difference between a request line and its method and target: two spaces and the version. */
    private static final int REST_OF_LINE = " HTTP/1.1 ".length();

    /** The characters of {@code Host}: visible, and no delimiter of another part. A table is faster (benchmark polling). */
    private static final boolean[] AUTHORITY = new boolean[0x7F];

    static {
        for (char c = '!'; c < AUTHORITY.length; c++) {
            AUTHORITY[c] = "/\\@?#,\"<>{}|^`".indexOf(c) < 0;
        }
    }

    private HeadRules() {}

    /**
     * Returns the reason why the host rejects a request because of its head, or null. Makes the target of an accepted
     * request relative.
     *
     * @param ownsPort whether all rules apply; in a pipeline of the application, only those for the server's requests
     */
    static @Nullable Rejection rejection(HttpRequest request, NettyOptions options, boolean ownsPort, Engine engine) {
        if (ownsPort && request.headers().size() > options.maxHeaderCount()) {
            return Rejection.headerCount(options);
        }
        if (request.decoderResult().isFailure()) {
            Throwable cause = request.decoderResult().cause();
            if (cause instanceof TooLongHttpLineException) {
                return Rejection.line(options);
            }
            return cause instanceof TooLongHttpHeaderException ? Rejection.headers(options) : Rejection.MALFORMED;
        }
        boolean sound = ownsPort
                ? isUnambiguous(request, true) && makeRelative(request)
                : engine.options().rest(request.uri()) == null || isUnambiguous(request, false);
        return sound ? null : Rejection.MALFORMED;
    }

    /**
     * Returns whether a head breaks no rule. The reference (Node 20, llhttp) answers 400 to all others.
     *
     * @param needsHost whether a request of HTTP/1.1 must have the header {@code Host} (RFC 9112, section 3.2)
     */
    static boolean isUnambiguous(HttpRequest request, boolean needsHost) {
        HttpVersion version = request.protocolVersion();
        boolean latest = HttpVersion.HTTP_1_1.equals(version);
        return (latest || HttpVersion.HTTP_1_0.equals(version))
                && hasOneHost(request, needsHost && latest)
                && isTarget(request)
                && hasSingleSpaces(request);
    }

    private static boolean hasOneHost(HttpRequest request, boolean needed) {
        Iterator<String> hosts = request.headers().valueStringIterator(HttpHeaderNames.HOST);
        if (!hosts.hasNext()) {
            return !needed;
        }
        return isAuthority(hosts.next()) && !hosts.hasNext();
    }

    /** Returns whether a value of {@code Host} can name a host. */
    private static boolean isAuthority(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c >= AUTHORITY.length || !AUTHORITY[c]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the target is visible and has one of the forms of RFC 9112, section 3.2. */
    private static boolean isTarget(HttpRequest request) {
        String target = request.uri();
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c == 0x7F) {
                return false;
            }
        }
        return target.startsWith("/")
                || absolutePath(target) >= 0
                || (target.equals("*") && HttpMethod.OPTIONS.equals(request.method()))
                || HttpMethod.CONNECT.equals(request.method());
    }

    /**
     * Returns whether the words of the request line are separated by one character each. Netty accepts several. A head
     * that no codec decoded has no length.
     */
    private static boolean hasSingleSpaces(HttpRequest request) {
        return !(request.decoderResult() instanceof HttpMessageDecoderResult decoded)
                || decoded.initialLineLength()
                        == request.method().name().length() + request.uri().length() + REST_OF_LINE;
    }

    /**
     * Replaces an absolute target by its path (RFC 9112, section 3.2.2), so that all targets have the same form.
     *
     * @return false if its authority is not the one of {@code Host}: two servers could then choose differently
     */
    static boolean makeRelative(HttpRequest request) {
        String target = request.uri();
        int path = target.startsWith("/") ? -1 : absolutePath(target);
        if (path < 0) {
            return true;
        }
        String authority = target.substring(target.indexOf("://") + 3, path);
        String rest = target.substring(path);
        request.setUri(rest.startsWith("/") ? rest : "/" + rest);
        return authority.equalsIgnoreCase(request.headers().get(HttpHeaderNames.HOST, authority));
    }

    /** Returns the start of the path of an absolute target, or −1 for every other target. */
    private static int absolutePath(String target) {
        String start = target.substring(0, Math.min(target.length(), 8)).toLowerCase(Locale.ROOT);
        int authority = start.startsWith("http://") ? 7 : start.equals("https://") ? 8 : -1;
        if (authority < 0) {
            return -1;
        }
        int end = authority;
        while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        return end > authority ? end : -1;
    }

    /**
     * Returns whether the bytes behind a request have another meaning for a peer that takes it for a handshake: it asks
     * for a WebSocket, or has the keys of hixie-76, after which Netty reads 8 bytes that no header announces. If it
     * does not become a WebSocket, its connection must end with the response.
     */
    static boolean changesFraming(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)
                        && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY2));
    }
}
