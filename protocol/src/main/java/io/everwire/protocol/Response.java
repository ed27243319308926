package io.everwire.protocol;

import java.util.List;

/**
 * A whole answer to an HTTP request. The host adds {@code Content-Length}, what {@link Exchange#header} was told, and
 * what its connection needs.
 *
 * @param status the HTTP status code
 * @param headers names and values in turn: name, value, name, value …
 * @param body the body, possibly empty
 * @param compress whether compressing the body is worth the effort, where the client takes it so
 */
public record Response(int status, List<String> headers, Bytes body, boolean compress) {
    /** @throws IllegalArgumentException if a header has no value */
    public Response {
        if (headers.size() % 2 != 0) {
            throw new IllegalArgumentException("headers: a name without a value in " + headers);
        }
        headers = List.copyOf(headers);
    }

    /** An answer that is sent as it is. */
    public Response(int status, List<String> headers, Bytes body) {
        this(status, headers, body, false);
    }
}
