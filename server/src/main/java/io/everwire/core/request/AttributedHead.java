package io.everwire.core.request;

import io.everwire.protocol.RequestHead;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The request that opened a connection, with the values that {@code allowRequest} set on it.
 *
 * @param head the request itself
 */
public record AttributedHead(RequestHead head, RequestAttributes attributes) implements RequestHead {
    /** Returns the attributes of a request; null without any. */
    public static @Nullable RequestAttributes attributes(RequestHead head) {
        return head instanceof AttributedHead attributed ? attributed.attributes : null;
    }

    @Override
    public String method() {
        return head.method();
    }

    @Override
    public String target() {
        return head.target();
    }

    @Override
    public @Nullable String header(String name) {
        return head.header(name);
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> visitor) {
        head.forEachHeader(visitor);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return head.remoteAddress();
    }

    @Override
    public boolean secure() {
        return head.secure();
    }

    @Override
    public boolean upgrade() {
        return head.upgrade();
    }

    @Override
    public boolean draft() {
        return head.draft();
    }
}
