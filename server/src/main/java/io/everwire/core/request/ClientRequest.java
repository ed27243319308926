package io.everwire.core.request;

import io.everwire.OpeningRequest;
import io.everwire.protocol.text.Query;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The request of a client, as applications see it.
 *
 * @param attributes the values that {@code allowRequest} sets
 */
public record ClientRequest(io.everwire.protocol.RequestHead head, RequestAttributes attributes)
        implements OpeningRequest {
    /** Creates a request for code that neither sets nor sees attributes. */
    public ClientRequest(io.everwire.protocol.RequestHead head) {
        this(head, RequestAttributes.NONE);
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
    public @Nullable String query(String name) {
        return query().get(name);
    }

    @Override
    public Map<String, String> query() {
        return Collections.unmodifiableMap(Query.all(head.target()));
    }

    @Override
    public @Nullable String header(String name) {
        return head.header(name);
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        head.forEachHeader((name, value) ->
                headers.merge(name.toLowerCase(Locale.ROOT), value, (before, added) -> before + ", " + added));
        return Collections.unmodifiableMap(headers);
    }

    /** Browsers send one header with all cookies; of several cookies of one name, the first has the longest path (RFC 6265, 5.4). */
    @Override
    public @Nullable String cookie(String name) {
        List<String> found = new ArrayList<>(1);
        head.forEachHeader((header, value) -> {
            if (header.equalsIgnoreCase("Cookie")) {
                addCookies(value, name, found);
            }
        });
        return found.isEmpty() ? null : found.get(0);
    }

    private static void addCookies(String header, String name, List<String> found) {
        StringTokenizer pairs = new StringTokenizer(header, ";");
        while (pairs.hasMoreTokens()) {
            String pair = pairs.nextToken();
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                String value = pair.substring(equals + 1).strip();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                found.add(quoted ? value.substring(1, value.length() - 1) : value);
            }
        }
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
    public @Nullable Principal principal() {
        return head.principal();
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return head.peerCertificates();
    }

    @Override
    public <T> @Nullable T host(Class<T> type) {
        return head.hostObject(type);
    }

    @Override
    public String toString() {
        return head.method() + " " + head.target();
    }
}
