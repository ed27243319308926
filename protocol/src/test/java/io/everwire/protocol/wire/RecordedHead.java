package io.everwire.protocol.wire;

import io.everwire.protocol.RequestHead;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A request head made of literals.
 *
 * @param headers names and values in turn
 */
public record RecordedHead(String method, String target, List<String> headers, boolean upgrade) implements RequestHead {
    /** Returns a request. */
    public static RecordedHead of(String method, String target, String... headers) {
        return new RecordedHead(method, target, List.of(headers), false);
    }

    /** Returns a GET request. */
    public static RecordedHead get(String target, String... headers) {
        return of("GET", target, headers);
    }

    /** Returns a request for a WebSocket. */
    public static RecordedHead webSocket(String target, String... headers) {
        return new RecordedHead("GET", target, List.of(headers), true);
    }

    @Override
    public @Nullable String header(String name) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                return headers.get(i + 1);
            }
        }
        return null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> visitor) {
        for (int i = 0; i < headers.size(); i += 2) {
            visitor.accept(headers.get(i), headers.get(i + 1));
        }
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress("127.0.0.1", 50_000);
    }

    @Override
    public boolean secure() {
        return false;
    }
}
