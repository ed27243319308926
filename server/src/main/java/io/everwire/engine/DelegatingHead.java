package io.everwire.engine;

import io.everwire.protocol.RequestHead;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request head that takes from another one all that it does not override. */
public interface DelegatingHead extends RequestHead {
    /** Returns the other request head. */
    RequestHead head();

    @Override
    default String method() {
        return head().method();
    }

    @Override
    default String target() {
        return head().target();
    }

    @Override
    default @Nullable String header(String name) {
        return head().header(name);
    }

    @Override
    default void forEachHeader(BiConsumer<String, String> visitor) {
        head().forEachHeader(visitor);
    }

    @Override
    default InetSocketAddress remoteAddress() {
        return head().remoteAddress();
    }

    @Override
    default boolean secure() {
        return head().secure();
    }

    @Override
    default boolean upgrade() {
        return head().upgrade();
    }

    @Override
    default boolean draft() {
        return head().draft();
    }

    @Override
    default @Nullable Principal principal() {
        return head().principal();
    }

    @Override
    default List<X509Certificate> peerCertificates() {
        return head().peerCertificates();
    }

    @Override
    default <T> @Nullable T hostObject(Class<T> type) {
        return head().hostObject(type);
    }
}
