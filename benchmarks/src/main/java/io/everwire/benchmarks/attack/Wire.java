package io.everwire.benchmarks.attack;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The requests and the packets of one generation's clients. */
enum Wire {
    /** Clients 3.x and 4.x. */
    EIO4("/socket.io/?EIO=4&transport=websocket", "/socket.io/?EIO=4&transport=polling"),
    /** Clients 1.x and 2.x. */
    EIO3("/socket.io/?EIO=3&transport=websocket", "/socket.io/?EIO=3&transport=polling"),
    /** Clients 0.7 to 0.9. */
    GEN1("/socket.io/1/websocket/", "/socket.io/1/xhr-polling/"),
    /** Clients 0.6. */
    GEN0("/socket.io/websocket", "/socket.io/xhr-polling/");

    /** The mark between the packets of one body: of Engine.IO 4, and of 0.7 to 0.9. */
    private static final String SEPARATOR = "\u001e";

    private static final String MARK = "\ufffd";

    private final String webSocket;
    private final String polling;

    Wire(String webSocket, String polling) {
        this.webSocket = webSocket;
        this.polling = polling;
    }

    /** Returns the target of the request that opens a session for polling, or for a WebSocket of 0.7 to 0.9. */
    String handshake(String query) {
        return switch (this) {
            case EIO4, EIO3 -> polling + and(query);
            case GEN1 -> "/socket.io/1/" + first(query);
            case GEN0 -> polling + "/1" + first(query);
        };
    }

    /** Returns whether a request comes before the one of the WebSocket. */
    boolean shakesFirst() {
        return this == GEN1;
    }

    /** Returns the session id in the body of the response to {@link #handshake}. */
    String sid(String body) {
        return switch (this) {
            case EIO4, EIO3 -> between(body, "\"sid\":\"", "\"");
            case GEN1 -> between(body, "", ":");
            case GEN0 -> body.substring(body.lastIndexOf('~') + 1);
        };
    }

    /** Returns the target of the WebSocket. */
    String webSocket(String sid, String query) {
        return this == GEN1 ? webSocket + sid : webSocket + (this == GEN0 ? first(query) : and(query));
    }

    /** Returns the target of polls. */
    String poll(String sid) {
        return switch (this) {
            case EIO4, EIO3 -> polling + "&sid=" + sid;
            case GEN1 -> polling + sid + "?t=1";
            case GEN0 -> polling + sid + "/1";
        };
    }

    /** Returns the target of POSTs. */
    String post(String sid) {
        return this == GEN0 ? polling + sid + "/send" : poll(sid);
    }

    /** Returns the content type of a POST, which the older generations read. */
    String contentType() {
        return this == GEN0 ? "application/x-www-form-urlencoded; charset=utf-8" : "text/plain;charset=UTF-8";
    }

    /** Returns packets as the body of a POST. */
    String body(String... packets) {
        StringBuilder body = new StringBuilder();
        for (String packet : packets) {
            switch (this) {
                case EIO4 -> body.append(body.isEmpty() ? "" : SEPARATOR).append(packet);
                case EIO3 -> body.append(packet.length()).append(':').append(packet);
                case GEN1 ->
                    body.append(MARK).append(packet.length()).append(MARK).append(packet);
                case GEN0 -> body.append(body.isEmpty() ? "data=" : "").append(packet.replace("~", "%7E"));
            }
        }
        return body.toString();
    }

    /** Returns whether a client is joined after this text. */
    boolean joins(String text) {
        return switch (this) {
            case EIO4 -> text.startsWith("40{");
            case EIO3 -> text.equals("40");
            case GEN1 -> text.equals("1::");
            case GEN0 -> text.startsWith("~m~");
        };
    }

    /** Returns the reply to a greeting or to a heartbeat, or null. */
    @Nullable
    String reply(String text) {
        return switch (this) {
            case EIO4 -> text.startsWith("0{") ? "40" : text.equals("2") ? "3" : null;
            case EIO3 -> null;
            case GEN1 -> text.startsWith("2:") ? "2::" : null;
            case GEN0 -> text.contains("~m~~h~") ? text : null;
        };
    }

    /** Returns the heartbeat that the client sends by itself, or null. */
    @Nullable
    String heartbeat() {
        return this == EIO3 ? "2" : null;
    }

    /** Returns whether a text is a heartbeat or belongs to the handshake. */
    boolean isControl(String text) {
        return reply(text) != null || (joins(text) && this != GEN0) || (this == EIO3 && text.matches("3|0\\{.*"));
    }

    /** Returns an event; {@code arguments} is JSON without its brackets. Clients 0.6 have messages only. */
    String event(String name, String arguments) {
        return switch (this) {
            case EIO4, EIO3 -> "42[\"" + name + "\"" + (arguments.isEmpty() ? "" : ",") + arguments + "]";
            case GEN1 -> "5:::{\"name\":\"" + name + "\",\"args\":[" + arguments + "]}";
            case GEN0 -> framed("~j~{\"name\":\"" + name + "\",\"args\":[" + arguments + "]}");
        };
    }

    /** Returns the packet with which a client leaves its namespace, or null: clients 0.6 have none. */
    @Nullable
    String leave() {
        return switch (this) {
            case EIO4, EIO3 -> "41";
            case GEN1 -> "0::";
            case GEN0 -> null;
        };
    }

    /** Returns one packet of this many characters. */
    String filled(int length) {
        String start = switch (this) {
            case EIO4, EIO3 -> "42[\"echo\",\"";
            case GEN1 -> "3:::";
            case GEN0 -> "~m~" + length + "~m~";
        };
        return start + "x".repeat(Math.max(0, length - start.length()));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String framed(String text) {
        return "~m~" + text.length() + "~m~" + text;
    }

    private static String and(String query) {
        return query.isEmpty() ? "" : "&" + query;
    }

    private static String first(String query) {
        return query.isEmpty() ? "" : "?" + query;
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        int to = text.indexOf(after, from);
        if (from < before.length() || to < 0) {
            throw new IllegalStateException("no session id in " + text);
        }
        return text.substring(from, to);
    }
}
