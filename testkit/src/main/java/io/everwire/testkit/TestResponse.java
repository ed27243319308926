package io.everwire.testkit;

import io.everwire.protocol.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a {@link TestServer} to an HTTP request.
 *
 * @param status the HTTP status code
 * @param headers names and values in turn
 * @param body the body; empty where the request asks for none
 */
public record TestResponse(int status, List<String> headers, Bytes body) {
    /** Copies the headers. */
    public TestResponse {
        headers = List.copyOf(headers);
    }

    /** The first value of a header, or null; the name in any case. */
    public @Nullable String header(String name) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                return headers.get(i + 1);
            }
        }
        return null;
    }

    /** The body as text. */
    public String text() {
        return body.toString();
    }
}
