package io.everwire.servlet;

import io.everwire.engine.HeaderMerger;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A response with checked headers, to be written to the container. Immutable.
 *
 * @param status the status
 * @param headers names and values in turn
 * @param length the value of {@code Content-Length}; −1 for none
 * @param body the bytes that are written; of a streamed response, the first ones
 * @param streamed whether further bytes may follow
 */
record PreparedResponse(int status, List<String> headers, long length, Bytes body, boolean streamed) {
    /** Headers of one connection, which do not exist in HTTP/2 (RFC 9113, section 8.2.2). */
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "keep-alive", "transfer-encoding", "upgrade");

    private static final String SEPARATORS = "\"(),/:;<=>?@[\\]{}";

    /**
     * Returns a whole response. Responses to HEAD, 204 and 304 have no content (RFC 9110, section 6.4).
     *
     * @param added the headers that the engine added, names and values in turn
     * @throws IllegalArgumentException if a header cannot be sent
     */
    static PreparedResponse whole(RequestHead head, Response response, List<String> added) {
        boolean bodiless = response.status() == 204 || response.status() == 304;
        boolean silent = bodiless || head.method().equals("HEAD");
        Bytes body = silent ? Bytes.EMPTY : response.body();
        long length = bodiless ? -1 : response.body().length();
        return new PreparedResponse(response.status(), merged(response, added), length, body, false);
    }

    /** Returns the beginning of a streamed response; see {@link #whole}. */
    static PreparedResponse beginning(Response response, List<String> added) {
        return new PreparedResponse(response.status(), merged(response, added), -1, response.body(), true);
    }

    /** Returns a response of the host itself, after which the connection ends. The text must not contain data of the peer. */
    static PreparedResponse closing(int status, String text, List<String> added) {
        List<String> headers = new ArrayList<>(added);
        if (!text.isEmpty()) {
            headers.addAll(List.of("Content-Type", "text/plain; charset=utf-8"));
        }
        headers.addAll(List.of("Connection", "close"));
        Bytes body = Bytes.utf8(text);
        return new PreparedResponse(status, headers, body.length(), body, false);
    }

    /** Returns the same response, after which the connection ends. */
    PreparedResponse last() {
        List<String> more = HeaderMerger.merge(headers, List.of("Connection", "close"));
        return new PreparedResponse(status, more, length, body, streamed);
    }

    /** Writes the status and the headers. */
    void writeHead(HttpServletResponse response, boolean hasConnection) {
        response.setStatus(status);
        for (int i = 0; i < headers.size(); i += 2) {
            String name = headers.get(i);
            if (hasConnection || !OF_CONNECTIONS.contains(name.toLowerCase(Locale.ROOT))) {
                response.addHeader(name, headers.get(i + 1));
            }
        }
        if (length >= 0) {
            response.setContentLengthLong(length);
        }
    }

    /**
     * Sets the headers that grant a WebSocket.
     *
     * @param added the headers that the engine added, names and values in turn
     * @throws IllegalArgumentException if one of them cannot be sent
     */
    static void grant(HttpServletResponse response, List<String> headers, List<String> added) {
        for (int i = 0; i < headers.size(); i += 2) {
            response.setHeader(headers.get(i), headers.get(i + 1));
        }
        for (int i = 0; i < added.size(); i += 2) {
            check(added.get(i), added.get(i + 1));
            response.addHeader(added.get(i), added.get(i + 1));
        }
    }

    private static List<String> merged(Response response, List<String> added) {
        List<String> all = HeaderMerger.merge(response.headers(), added);
        for (int i = 0; i < all.size(); i += 2) {
            check(all.get(i), all.get(i + 1));
        }
        return all;
    }

    /**
     * Checks a header, which could otherwise split the response: not every container does.
     *
     * @throws IllegalArgumentException if the name or the value cannot be sent
     */
    static void check(String name, String value) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7F || SEPARATORS.indexOf(c) >= 0) {
                throw new IllegalArgumentException("a header name has a character that cannot be sent");
            }
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F || c > 0xFF) {
                throw new IllegalArgumentException(
                        "the value of the header " + name + " has a character that cannot be sent");
            }
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a header has no name");
        }
    }
}
