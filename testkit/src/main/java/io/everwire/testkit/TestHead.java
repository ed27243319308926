package io.everwire.testkit;

import io.everwire.protocol.RequestHead;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request that a test sends.
 *
 * @param headers names and values in turn
 */
record TestHead(
        String method,
        String target,
        List<String> headers,
        InetSocketAddress remoteAddress,
        boolean secure,
        boolean upgrade,
        @Nullable Principal principal,
        List<Object> hostObjects)
        implements RequestHead {

    TestHead {
        headers = List.copyOf(headers);
        hostObjects = List.copyOf(hostObjects);
    }

    @Override
    public <T> @Nullable T hostObject(Class<T> type) {
        return hostObjects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
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
}
