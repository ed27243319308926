package io.everwire.engine;

import io.everwire.protocol.RequestHead;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request for a file.
 *
 * @param headers names and values in turn
 */
record FileRequest(String method, String target, boolean upgrade, List<String> headers) implements RequestHead {
    static FileRequest get(String target, String... headers) {
        return new FileRequest("GET", target, false, List.of(headers));
    }

    static FileRequest of(String method, String target, String... headers) {
        return new FileRequest(method, target, false, List.of(headers));
    }

    static FileRequest webSocket(String target, String... headers) {
        return new FileRequest("GET", target, true, List.of(headers));
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
