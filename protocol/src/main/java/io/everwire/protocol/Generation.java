package io.everwire.protocol;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One generation of the wire protocol. Its addresses, handshake, packets, framing, heartbeats and errors are private to
 * its package; the rest of the server uses this interface only. Stateless; called on any thread.
 */
public interface Generation {
    /** Returns its short name: {@code gen0}, {@code gen1}, {@code eio3} or {@code eio4}. */
    String name();

    /**
     * Decides on a request under the server's path. At most one generation claims a request.
     *
     * @param head the request
     * @param rest the request target behind the server's path, query included; starts with {@code /}
     * @return the decision, or null if the request is not of this generation
     */
    @Nullable
    Claim claim(RequestHead head, String rest, SessionOptions options);

    /**
     * Answers a rejected request in the form that this generation's clients understand.
     *
     * @param message text for the client instead of the default one, or null
     */
    void refuse(Exchange exchange, Refusal refusal, @Nullable String message);

    /**
     * Creates the session for a request claimed with {@link Claim.Open}. The caller then passes that request to it:
     * with {@link Session#request}, or with {@link Session#lineOpened} if it asks for a WebSocket.
     *
     * @param sid the private session id: at least 120 random bits, of letters, digits, {@code -} and {@code _}
     */
    Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now);

    /** Returns whether its clients can be asked for an ack. */
    boolean acks();

    /**
     * Returns whether its clients remember the offsets of the events they receive and send them when they reconnect
     * ({@link Packet.Recovery}). Only such clients can receive missed events. They receive their {@code pid} when they
     * join.
     */
    default boolean recovers() {
        return false;
    }

    /**
     * Returns the names of all its transports, as they appear in options. The server validates options and lists
     * transports with it. A generation without names cannot have its transports chosen.
     */
    default Set<String> transports() {
        return Set.of();
    }

    /**
     * Returns the transports that are not served unless the application lists them: those whose responses a page of any
     * origin could read, because browsers run scripts of every origin.
     */
    default Set<String> withheld() {
        return Set.of();
    }

    /**
     * Returns whether its clients know WebSockets in the form of drafts 75 and 76 ({@link RequestHead#draft}). If
     * false, such requests never reach {@link #open} or a session: they are rejected. A {@link WebSocketLine} of a
     * draft carries text only.
     */
    default boolean drafts() {
        return false;
    }

    /**
     * Returns whether its clients write double slashes into paths, which some servers and firewalls reject before a host
     * sees the request.
     */
    default boolean doubleSlashes() {
        return false;
    }

    /**
     * Returns the names of the packet encodings that its clients can choose from. A client shows its choice by its
     * first message; see {@link SessionOptions#parsers}.
     */
    default Set<String> parsers() {
        return Set.of();
    }

    /**
     * Returns the same wire protocol without Socket.IO on top: its clients are in {@code /} without asking, and send
     * and receive text and binary messages only. It claims the same requests and has the same name.
     *
     * @return null if this generation has no such layer, which is the default
     */
    default @Nullable Generation engine() {
        return null;
    }

    /** Returns a packet in the bytes of this generation. Called once for all sessions that receive it. */
    Encoded encode(Packet packet);
}
