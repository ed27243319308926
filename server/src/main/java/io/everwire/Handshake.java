package io.everwire;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that opened the connection of a socket, and the data that the client sent when it joined the namespace. Immutable; any
 * thread may read it.
 */
public interface Handshake {
    /** Returns the wire generation of the client: {@code gen0}, {@code gen1}, {@code eio3} or {@code eio4}. */
    String generation();

    /** Returns the transport that opened the connection, by its name on the wire. {@link Socket#transport} returns the current one. */
    String transport();

    /** Returns the request target, as sent. */
    String url();

    /** Returns a parameter of the query, decoded; null if the query does not have it. */
    @Nullable
    String query(String name);

    /** Returns the parameters of the query, decoded. If a name occurs several times, the last one counts. A new map. */
    Map<String, String> query();

    /** Returns the headers by their names in lower case; several values of one name are joined by a comma and a space. A new map. */
    Map<String, String> headers();

    /** Returns the value of a cookie, as sent, or null. */
    @Nullable
    String cookie(String name);

    /** Returns the address of the client; see {@link RequestHead#remoteAddress}. */
    InetSocketAddress address();

    /**
     * Returns a value that {@link ServerOptions.Builder#allowRequest} set on the request, or null. All sockets of the connection share
     * it. Null for sockets of other servers.
     */
    <T> @Nullable T attribute(Attribute<T> key);

    /**
     * Returns the user that the host had authenticated when the connection was opened, or null. The Netty host authenticates nobody.
     * Null for sockets of other servers.
     */
    @Nullable
    Principal principal();

    /**
     * Returns the certificates by which the client proved its identity in the TLS handshake of the connection (mutual TLS), its own
     * first; an unmodifiable list. Empty without TLS, if the port asks for no certificate or the client has none, behind a
     * trusted proxy, and for sockets of other servers. The TLS settings of the port decide which certificates are trusted.
     */
    List<X509Certificate> peerCertificates();

    /**
     * Returns the object of this type that the host attached to the request that opened the connection, or null. The documentation of
     * the host names the types. Null for sockets of other servers.
     */
    <T> @Nullable T host(Class<T> type);

    /** Returns the time when the socket joined the namespace, to the millisecond. */
    Instant time();

    /** Returns whether the request arrived over TLS, here or at a trusted proxy. */
    boolean secure();

    /** Returns whether the request has an {@code Origin} header: a page of another origin may have sent it. */
    boolean xdomain();

    /** Reads the {@code auth} data of the client; see {@link #auth(TypeToken)}. */
    default <T> T auth(Class<T> type) {
        return auth(TypeToken.of(type));
    }

    /**
     * Reads the {@code auth} data of the client as a type. A client without such data has an empty object.
     *
     * @throws BadArgumentsException if the data does not fit the type
     */
    <T> T auth(TypeToken<T> type);
}
