package io.everwire.core.request;

import io.everwire.engine.DelegatingHead;
import io.everwire.protocol.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * The request that opened a connection, with the values that {@code allowRequest} set on it.
 *
 * @param head the request itself
 */
public record AttributedHead(RequestHead head, RequestAttributes attributes) implements DelegatingHead {
    /** Returns the attributes of a request; null without any. */
    public static @Nullable RequestAttributes attributes(RequestHead head) {
        return head instanceof AttributedHead attributed ? attributed.attributes : null;
    }
}
