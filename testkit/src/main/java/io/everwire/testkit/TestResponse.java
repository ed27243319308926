package io.everwire.testkit;

import io.everwire.protocol.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response of a {@link TestServer} to an HTTP request.
 *
 * @param status the HTTP status code
 * @param headers names and values in turn
 * @param body the body; empty for a HEAD request
 */
public record TestResponse(int status, List<String> headers, Bytes body) {
    /** Copies the headers. */
    public TestResponse {
        headers = List.copyOf(headers);
    }

    /** Returns the first value of a header, or null. The case of the name does not matter. */
    public @Nullable String header(String name) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                return headers.get(i + 1);
            }
        }
        return null;
    }

    /** Returns the body as text. */
    public String text() {
        return body.toString();
    }
}
