package io.everwire.benchmarks.load;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The handshake and the heartbeats of the clients of one generation. */
public enum Dialect {
    /** Clients 3.x and 4.x. */
    EIO4("/socket.io/?EIO=4&transport=websocket", null, 2),
    /** Clients 1.x and 2.x: they send the heartbeats. */
    EIO3("/socket.io/?EIO=3&transport=websocket", null, 2),
    /** Clients 0.7 to 0.9: a handshake request comes first. */
    GEN1("/socket.io/1/websocket/", "/socket.io/1/", 1),
    /** 0.6 clients. */
    GEN0("/socket.io/websocket", null, 1),
    /** Clients of STOMP that subscribe to the topic of the room. */
    STOMP("/socket.io/stomp", null, 1),
    /** A client of STOMP that only sends. */
    STOMP_SENDER("/socket.io/stomp", null, 1),
    /** Clients 3.x and 4.x that polled before, so that their session exists. */
    UPGRADE("/socket.io/?EIO=4&transport=websocket", null, 1);

    private final String target;
    private final @Nullable String first;
    private final int greetings;

    Dialect(String target, @Nullable String first, int greetings) {
        this.target = target;
        this.first = first;
        this.greetings = greetings;
    }

    /** The target of the WebSocket request, if no other request comes first. */
    public String webSocket() {
        return target;
    }

    /** Returns the target of the request before the WebSocket, or null. */
    @Nullable
    String first(String query) {
        return first == null ? null : first + "?" + query;
    }

    /**
     * Returns the target of the WebSocket; {@code answer} is the body of the response to the first request, if there
     * was one.
     */
    String target(String query, String answer) {
        if (first != null) {
            return target + answer.substring(0, answer.indexOf(':'));
        }
        return query.isEmpty() ? target : target + (target.contains("?") ? "&" : "?") + query;
    }

    /** Returns the number of packets that the server sends before the client is ready. */
    int greetings() {
        return greetings;
    }

    /** Returns the packet to send once the WebSocket is open, or null. */
    @Nullable
    String opening() {
        return switch (this) {
            case UPGRADE -> "2probe";
            case STOMP, STOMP_SENDER -> "CONNECT\naccept-version:1.2\nhost:127.0.0.1\n\n\0";
            default -> null;
        };
    }

    /** Returns the packet to send after the first packet of the server, or null. */
    @Nullable
    String hello() {
        return switch (this) {
            case EIO4 -> "40";
            case UPGRADE -> "5";
            case STOMP -> "SUBSCRIBE\nid:0\ndestination:/topic/room\n\n\0";
            default -> null;
        };
    }

    /** Returns the heartbeat that the client sends every 20 seconds, or null. */
    @Nullable
    String heartbeat() {
        return this == EIO3 ? "2" : null;
    }

    /** Returns the answer to a short packet, or null. */
    @Nullable
    String answer(byte[] packet, int length) {
        String text = new String(packet, 0, length, StandardCharsets.UTF_8);
        return switch (this) {
            case EIO4, UPGRADE -> text.equals("2") ? "3" : null;
            case EIO3, STOMP, STOMP_SENDER -> null;
            case GEN1 -> text.startsWith("2:") ? "2::" : null;
            case GEN0 -> text.contains("~m~~h~") ? text : null;
        };
    }
}
