package io.everwire.netty;

import io.everwire.protocol.RequestHead;
import io.everwire.protocol.text.Query;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request to a route, with its whole body. Immutable; any thread may read it. */
public final class RouteRequest {
    private final RequestHead head;
    private final byte[] body;

    RouteRequest(RequestHead head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /** Returns the method. A HEAD request has GET: its response is sent without content. */
    public String method() {
        return head.method().equals("HEAD") ? "GET" : head.method();
    }

    /** Returns the path as it was sent, without the query. */
    public String path() {
        return Routes.path(head.target());
    }

    /** Returns a parameter of the query, decoded, or null. If the name occurs several times, the last one counts. */
    public @Nullable String query(String name) {
        return query().get(name);
    }

    /** Returns the parameters of the query, decoded. A new, unmodifiable map. */
    public Map<String, String> query() {
        return Collections.unmodifiableMap(Query.all(head.target()));
    }

    /** Returns the first value of a header, or null. The case of {@code name} does not matter. */
    public @Nullable String header(String name) {
        return head.header(name);
    }

    /** Returns the address of the client, also behind proxies that the server trusts. */
    public InetSocketAddress remoteAddress() {
        return head.remoteAddress();
    }

    /** Returns a copy of the body; empty for a request without one. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns the body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return head.method() + " " + head.target();
    }
}
