package io.everwire.protocol;

import java.util.List;

/**
 * A whole response to an HTTP request. The host adds {@code Content-Length}, the headers given to {@link
 * Exchange#header} and the headers that its connection needs.
 *
 * @param status the HTTP status code
 * @param headers names and values in turn: name, value, name, value …
 * @param body the body, possibly empty
 * @param compress whether to compress the body, if the client accepts it
 */
public record Response(int status, List<String> headers, Bytes body, boolean compress) {
    /**
     * Checks and copies the headers.
     *
     * @throws IllegalArgumentException if a header has no value
     */
    public Response {
        if (headers.size() % 2 != 0) {
            throw new IllegalArgumentException("headers: a name without a value in " + headers);
        }
        headers = List.copyOf(headers);
    }

    /** Creates a response that is not compressed. */
    public Response(int status, List<String> headers, Bytes body) {
        this(status, headers, body, false);
    }
}
