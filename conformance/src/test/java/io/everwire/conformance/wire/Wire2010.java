package io.everwire.conformance.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Requests and frames of 0.6 clients, for {@link Peer#send}. */
final class Wire2010 {
    /** The headers of a WebSocket of draft 75. */
    static final String UPGRADE = "Upgrade: WebSocket\r\nConnection: Upgrade\r\n"
            + "Host: 127.0.0.1:8618\r\nOrigin: http://127.0.0.1:8618\r\n";

    /** The additional parts of draft 76: the keys and the nonce of its example, whose digest is {@link #DIGEST}. */
    static final String KEYS = "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\nSec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n";

    static final String NONCE = "^n:ds[4U";
    static final String DIGEST = "8jKS'y:G*Co,Wxa-";

    private Wire2010() {}

    static String framed(String text) {
        return "~m~" + text.length() + "~m~" + text;
    }

    static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Returns a message frame of a draft. */
    static String frame(String text) {
        return "\0" + utf8(framed(text)) + "\u00FF";
    }

    static String get(String target, String... headers) {
        return request("GET", target, "", headers);
    }

    static String post(String target, String body, String... headers) {
        return request("POST", target, body, headers);
    }

    static String request(String method, String target, String body, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: a\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
    }

    /** Opens a session by polling and returns its id. */
    static String open(Peer peer) throws IOException {
        String head = peer.send(get("/socket.io/xhr-polling//1289345741901")).head();
        return peer.body(head).substring("~m~20~m~".length());
    }

    static String poll(String id) {
        return get("/socket.io/xhr-polling/" + id + "/1289345741902");
    }

    /** Opens a WebSocket of draft 75 and reads the handshake response and the session id. */
    static Peer webSocket(int port) throws IOException {
        Peer peer = new Peer(port).send("GET /socket.io/websocket HTTP/1.1\r\n" + UPGRADE + "\r\n");
        peer.head();
        peer.frame();
        return peer;
    }
}
