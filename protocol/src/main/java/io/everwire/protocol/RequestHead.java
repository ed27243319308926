package io.everwire.protocol;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The head of one HTTP request, as a host received it. Implemented by hosts; immutable, read on any thread. */
public interface RequestHead {
    /** Returns the method as sent, in capitals. */
    String method();

    /**
     * Returns the request target exactly as sent, query included. Never normalised or decoded: a 0.6 client writes a
     * double slash if it has no session yet.
     */
    String target();

    /** Returns the first value of a header, or null. The case of the name does not matter. */
    @Nullable
    String header(String name);

    /** Visits every header in the order sent; a repeated name is visited repeatedly. */
    void forEachHeader(BiConsumer<String, String> visitor);

    /** Returns the address of the peer that opened the connection. */
    InetSocketAddress remoteAddress();

    /** Returns whether the request arrived over TLS. */
    boolean secure();

    /** Returns whether it asks for a WebSocket in a way that the host can grant ({@link WebSocketLine}). */
    boolean upgrade();

    /**
     * Returns whether it asks for a WebSocket as the drafts 75 and 76 of 2010 did; then {@link #upgrade} is true as
     * well. Granted only if the generation accepts drafts ({@link Generation#drafts}).
     */
    default boolean draft() {
        return false;
    }

    /** Returns the user that the host has authenticated, or null. A host that authenticates nobody always returns null. */
    default @Nullable Principal principal() {
        return null;
    }

    /**
     * Returns the certificates by which the peer proved its identity in the TLS handshake, its own first; empty without. The
     * host keeps nothing else of the TLS session.
     */
    default List<X509Certificate> peerCertificates() {
        return List.of();
    }

    /**
     * Returns the object of this type that the host attached to the request, or null. A host names the types that it
     * attaches. The objects stay valid after the request.
     */
    default <T> @Nullable T hostObject(Class<T> type) {
        return null;
    }
}
