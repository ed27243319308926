package io.everwire;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request line and the headers of one HTTP request. Immutable; any thread may read it. */
public interface RequestHead {
    /** Returns the method in capital letters, as sent. */
    String method();

    /** Returns the request target exactly as sent, with its query. It is neither normalized nor decoded. */
    String target();

    /**
     * Returns a parameter of the query, decoded; null if the query does not have it. If the name occurs several times, the last one
     * counts.
     */
    @Nullable
    String query(String name);

    /** Returns the parameters of the query, decoded. If a name occurs several times, the last one counts. A new, unmodifiable map. */
    Map<String, String> query();

    /** Returns the first value of a header, or null. Case of the name does not matter. */
    @Nullable
    String header(String name);

    /**
     * Returns the headers by their names in lower case; several values of one name are joined by a comma and a space. A new,
     * unmodifiable map.
     */
    Map<String, String> headers();

    /** Returns the value of a cookie, as sent, without surrounding quotes; null if the request does not have it. */
    @Nullable
    String cookie(String name);

    /**
     * Returns the address of the client: the peer of the connection, or the address that a proxy sent, if it is one of {@link
     * ServerOptions.Builder#trustedProxies}.
     */
    InetSocketAddress remoteAddress();

    /** Returns whether the request arrived over TLS, here or at a trusted proxy. */
    boolean secure();

    /** Returns whether the request asks for a WebSocket. */
    boolean upgrade();

    /** Returns the user that the host has authenticated, or null; see {@link Handshake#principal}. */
    default @Nullable Principal principal() {
        return null;
    }

    /** Returns the certificates of the client, its own first; see {@link Handshake#peerCertificates}. */
    default List<X509Certificate> peerCertificates() {
        return List.of();
    }

    /** Returns the object of this type that the host attached to the request, or null; see {@link Handshake#host}. */
    default <T> @Nullable T host(Class<T> type) {
        return null;
    }
}
