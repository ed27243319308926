package io.everwire.engine;

import io.everwire.protocol.RequestHead;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The head of a test request.
 *
 * @param headers names and values in turn
 */
record StubHead(String method, String target, boolean upgrade, List<String> headers) implements RequestHead {
    static StubHead get(String target, String... headers) {
        return new StubHead("GET", target, false, List.of(headers));
    }

    static StubHead of(String method, String target, String... headers) {
        return new StubHead(method, target, false, List.of(headers));
    }

    static StubHead webSocket(String target, String... headers) {
        return new StubHead("GET", target, true, List.of(headers));
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
