package io.everwire.benchmarks.load;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How a client of one generation gets to the point where it receives events, and stays there. */
public enum Dialect {
    /** Clients 3.x and 4.x. */
    EIO4("/socket.io/?EIO=4&transport=websocket", null, 2),
    /** Clients 1.x and 2.x: they send the heartbeats. */
    EIO3("/socket.io/?EIO=3&transport=websocket", null, 2),
    /** Clients 0.7 to 0.9: a request of its own comes first. */
    GEN1("/socket.io/1/websocket/", "/socket.io/1/", 1),
    /** Clients of 2010. */
    GEN0("/socket.io/websocket", null, 1),
    /** A client 3.x or 4.x that polled before: its session exists. */
    UPGRADE("/socket.io/?EIO=4&transport=websocket", null, 1);

    private final String target;
    private final @Nullable String first;
    private final int greetings;

    Dialect(String target, @Nullable String first, int greetings) {
        this.target = target;
        this.first = first;
        this.greetings = greetings;
    }

    /** The target of the request for a WebSocket, where no other comes first. */
    public String webSocket() {
        return target;
    }

    /** What is asked before a WebSocket, or null. */
    @Nullable
    String first(String query) {
        return first == null ? null : first + "?" + query;
    }

    /** The target of the WebSocket. {@code answer} is the body of the first request's answer, if there was one. */
    String target(String query, String answer) {
        if (first != null) {
            return target + answer.substring(0, answer.indexOf(':'));
        }
        return query.isEmpty() ? target : target + (target.contains("?") ? "&" : "?") + query;
    }

    /** How many packets of the server come before it is ready. */
    int greetings() {
        return greetings;
    }

    /** What to say as soon as the WebSocket stands, or null. */
    @Nullable
    String opening() {
        return this == UPGRADE ? "2probe" : null;
    }

    /** What to say to the first greeting, or null. */
    @Nullable
    String hello() {
        return switch (this) {
            case EIO4 -> "40";
            case UPGRADE -> "5";
            default -> null;
        };
    }

    /** What a client of this generation sends by itself every 20 seconds, or null. */
    @Nullable
    String heartbeat() {
        return this == EIO3 ? "2" : null;
    }

    /** What to answer a short packet, or null. */
    @Nullable
    String answer(byte[] packet, int length) {
        String text = new String(packet, 0, length, StandardCharsets.UTF_8);
        return switch (this) {
            case EIO4, UPGRADE -> text.equals("2") ? "3" : null;
            case EIO3 -> null;
            case GEN1 -> text.startsWith("2:") ? "2::" : null;
            case GEN0 -> text.contains("~m~~h~") ? text : null;
        };
    }
}
