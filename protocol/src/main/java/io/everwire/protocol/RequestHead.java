package io.everwire.protocol;

import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The head of one HTTP request, as a host received it. Implemented by hosts; immutable, readable from any thread. */
public interface RequestHead {
    /** The method, in capitals as sent. */
    String method();

    /**
     * The request target exactly as sent, query included. Never normalised or decoded: the 2010 clients say with a
     * double slash that they have no session yet.
     */
    String target();

    /** The first value of a header, or null; the name in any case. */
    @Nullable
    String header(String name);

    /** Every header in the order sent, repeated names repeated. */
    void forEachHeader(BiConsumer<String, String> visitor);

    /** The address of the peer that opened the connection. */
    InetSocketAddress remoteAddress();

    /** Whether it arrived over TLS. */
    boolean secure();

    /** Whether it asks to become a WebSocket in a way that the host can grant ({@link WebSocketLine}). */
    boolean upgrade();

    /**
     * Whether it asks so as the drafts 75 and 76 of 2010 did; then {@link #upgrade} says true as well. Granted only if the
     * generation wants them ({@link Generation#drafts}).
     */
    default boolean draft() {
        return false;
    }
}
