package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients 0.6 as raw bytes: the drafts of WebSocket, the policy of Flash, and defects of the original server that a host could
 * repeat, by their numbers in the specification.
 */
@Timeout(120)
class Wire2010Test {
    private static final String UPGRADE = "Upgrade: WebSocket\r\nConnection: Upgrade\r\n"
            + "Host: 127.0.0.1:8618\r\nOrigin: http://127.0.0.1:8618\r\n";

    /** The handshake of the Flash client: an empty cookie, keys with several spaces. The keys are the example of the draft. */
    private static final String REQUEST_76 = "GET /socket.io/websocket HTTP/1.1\r\n" + UPGRADE + "Cookie:\r\n"
            + "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\nSec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n\r\n";

    private static final String NONCE = "^n:ds[4U";

    private static final String HEAD_76 = "HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Origin: http://127.0.0.1:8618\r\n"
            + "Sec-WebSocket-Location: ws://127.0.0.1:8618/socket.io/websocket\r\n\r\n";

    private static final String RFC_6455 = "Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private SocketIoServer server;
    private NettyServer netty;

    @BeforeEach
    void start() throws Exception {
        server = SocketIoServer.create(ServerOptions.builder().origins("*:*").build());
        server.onConnection(joined::add);
        server.onMessage((socket, message) -> socket.send(Map.of("echo", message)));
        netty = NettyServer.builder(server)
                .options(NettyOptions.builder().flashPolicy(true).build())
                .bind(new InetSocketAddress("127.0.0.1", 0));
    }

    @AfterEach
    void stop() {
        server.close();
        netty.close().join();
    }

    private Peer connect() throws Exception {
        return new Peer(netty.address().getPort());
    }

    private static String framed(String text) {
        return "~m~" + text.length() + "~m~" + text;
    }

    /** Returns bytes in the form for {@link Peer#send}. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Reads the session id, then exchanges a message in each direction. */
    private static void talk(Peer peer) throws Exception {
        assertThat(peer.frame()).matches("~m~20~m~[\\w-]{20}");
        peer.send("\0" + utf8(framed("héllo €😀")) + "\u00FF");
        assertThat(peer.frame()).isEqualTo(framed("~j~{\"echo\":\"héllo €😀\"}"));
    }

    // The drafts

    @Test
    void draft75() throws Exception {
        String request = "GET /socket.io/websocket HTTP/1.1\r\n" + UPGRADE + "\r\n";
        for (int cut = 0; cut < request.length(); cut++) {
            try (Peer peer = connect().send(request.substring(0, cut)).send(request.substring(cut))) {
                assertThat(peer.head())
                        .isEqualTo("HTTP/1.1 101 Web Socket Protocol Handshake\r\nUpgrade: WebSocket\r\n"
                                + "Connection: Upgrade\r\nWebSocket-Origin: http://127.0.0.1:8618\r\n"
                                + "WebSocket-Location: ws://127.0.0.1:8618/socket.io/websocket\r\n\r\n");
                talk(peer);
            }
        }
    }

    @Test
    @DisplayName("F3, F18: the nonce with the head, after it or in pieces, and frames directly after the nonce")
    void draft76() throws Exception {
        String request = REQUEST_76 + NONCE + "\0~m~1~m~a\u00FF";
        for (int cut = 0; cut < request.length(); cut++) {
            try (Peer peer = connect().send(request.substring(0, cut))) {
                if (cut >= REQUEST_76.length()) {
                    assertThat(peer.head()).isEqualTo(HEAD_76);
                    peer.send(request.substring(cut));
                } else {
                    peer.send(request.substring(cut));
                    assertThat(peer.head()).isEqualTo(HEAD_76);
                }
                assertThat(peer.text(16)).isEqualTo("8jKS'y:G*Co,Wxa-");
                assertThat(peer.frame()).matches("~m~20~m~[\\w-]{20}");
                assertThat(peer.frame()).isEqualTo(framed("~j~{\"echo\":\"a\"}"));
            }
        }
    }

    /** The keys of a recorded exchange of the Flash client 0.6.18. */
    @Test
    void flashUsesDraft76() throws Exception {
        String request = REQUEST_76
                .replace("/websocket", "/flashsocket")
                .replace("4 @1  46546xW%0l 1 5", "31   4 4 3713 5R2")
                .replace("12998 5 Y3 1  .P00", "W  26 446C4 d454  v ^8+");
        try (Peer peer = connect().send(request)) {
            assertThat(peer.head()).isEqualTo(HEAD_76.replace("/websocket", "/flashsocket"));
            peer.send(NONCE).text(16);
            talk(peer);
            assertThat(joined.poll(60, TimeUnit.SECONDS).transport()).isEqualTo("flashsocket");
            assertThat(peer.send("\u00FF\0").rest()).isEqualTo("\u00FF\0");
        }
    }

    /** The servers 0.7 to 0.9 accept both drafts, too. */
    @Test
    void clients09UseTheDraftsToo() throws Exception {
        for (String keys : List.of(
                "",
                REQUEST_76.substring(REQUEST_76.indexOf("Sec-WebSocket-Key1")).strip() + "\r\n")) {
            try (Peer handshake = connect().send("GET /socket.io/1/ HTTP/1.1\r\nHost: a\r\n\r\n")) {
                String id = handshake.body(handshake.head()).split(":", 2)[0];
                String target = "/socket.io/1/websocket/" + id;
                try (Peer peer = connect().send("GET " + target + " HTTP/1.1\r\n" + UPGRADE + keys + "\r\n")) {
                    assertThat(peer.head()).startsWith("HTTP/1.1 101 Web").contains("127.0.0.1:8618" + target + "\r\n");
                    if (!keys.isEmpty()) {
                        assertThat(peer.send(NONCE).text(16)).isEqualTo("8jKS'y:G*Co,Wxa-");
                    }
                    assertThat(peer.frame()).isEqualTo("1::");
                    peer.send("\0" + utf8("3:::héllo €😀") + "\u00FF");
                    assertThat(peer.frame()).isEqualTo("4:::{\"echo\":\"héllo €😀\"}");
                }
            }
        }
    }

    @Test
    void theEndOfDraft76IsAnsweredAndReported() throws Exception {
        BlockingQueue<String> left = new LinkedBlockingQueue<>();
        server.onDisconnect((socket, reason) -> left.add(reason.toString()));
        try (Peer peer = connect().send(REQUEST_76 + NONCE)) {
            peer.head();
            peer.text(16);
            talk(peer);
            peer.send("\u00FF\0");
            assertThat(peer.rest()).isEqualTo("\u00FF\0");
        }
        assertThat(left.poll(60, TimeUnit.SECONDS)).isEqualTo("transport close");
    }

    @Test
    @DisplayName("F4: the replacement character is a valid character; invalid UTF-8 ends the session")
    void replacementCharacter() throws Exception {
        try (Peer peer = connect().send(REQUEST_76 + NONCE)) {
            peer.head();
            peer.text(16);
            peer.frame();
            peer.send("\0" + utf8(framed("a\uFFFDb")) + "\u00FF");
            assertThat(peer.frame()).isEqualTo(framed("~j~{\"echo\":\"a\uFFFDb\"}"));
            peer.send("\0~m~1~m~\u00C3\u00FF");
            assertThat(peer.rest()).isEqualTo("\u00FF\0");
        }
    }

    @Test
    @DisplayName("F5: keys without a number end the connection without a response, and no client connects")
    void invalidKey() throws Exception {
        try (Peer peer = connect().send(REQUEST_76.replace("12998 5 Y3 1  .P00", "12998 5 Y3 1 .P01") + NONCE)) {
            assertThat(peer.rest()).isEmpty();
        }
        assertThat(server.sockets()).isEmpty();
    }

    @Test
    @DisplayName("only generations that used the drafts accept them")
    void newerGenerationsKnowNoDrafts() throws Exception {
        String target = "/socket.io/?EIO=4&transport=websocket";
        try (Peer peer = connect().send(REQUEST_76.replace("/socket.io/websocket", target) + NONCE)) {
            assertThat(peer.head()).startsWith("HTTP/1.1 400 ");
        }
    }

    // Flash

    @Test
    @DisplayName("F15: the server's port sends the policy, also if the request arrives in pieces")
    void flashPolicy() throws Exception {
        try (Peer peer = connect()) {
            for (char c : "<policy-file-request/>\0".toCharArray()) {
                peer.send(String.valueOf(c));
            }
            assertThat(peer.rest())
                    .isEqualTo("<?xml version=\"1.0\"?>\n<!DOCTYPE cross-domain-policy SYSTEM "
                            + "\"http://www.macromedia.com/xml/dtds/cross-domain-policy.dtd\">\n"
                            + "<cross-domain-policy>\n<allow-access-from domain=\"*\" to-ports=\"*\"/>\n"
                            + "</cross-domain-policy>\n");
        }
    }

    // Defects

    @Test
    @DisplayName("C2: an upgrade at the address of another transport is rejected, in every draft")
    void upgradeOfRequestTransport() throws Exception {
        String line = "GET /socket.io/xhr-polling//1289345741901 HTTP/1.1\r\n";
        String keys = REQUEST_76.substring(REQUEST_76.indexOf("Sec-WebSocket-Key1"));
        for (String rest : List.of(UPGRADE + "\r\n", UPGRADE + keys + NONCE, RFC_6455 + "\r\n")) {
            try (Peer peer = connect().send(line + rest)) {
                String head = peer.head();
                assertThat(head).startsWith("HTTP/1.1 400 ");
                peer.body(head);
                // The last one: a proxy that takes the connection for a WebSocket must not pass on requests.
                assertThat(peer.rest()).isEmpty();
            }
        }
        assertThat(server.sockets()).isEmpty();
    }

    @Test
    @DisplayName("C7, C8: peers that disconnect at any time do not affect others")
    void peersBreakOff() throws Exception {
        for (int round = 0; round < 20; round++) {
            connect().reset();
            Peer polling = connect();
            String id = open(polling);
            polling.send(poll(id)).reset();
            Socket socket = joined.poll(60, TimeUnit.SECONDS);
            socket.send("for nobody");
            Peer webSocket = connect().send(REQUEST_76 + NONCE);
            webSocket.head();
            webSocket.reset();
        }
        try (Peer peer = connect()) {
            assertThat(open(peer)).hasSize(20);
        }
    }

    @Test
    @DisplayName("F6: the connection of an earlier poll may end during the next poll on another connection")
    void idleConnectionEnds() throws Exception {
        try (Peer first = connect();
                Peer second = connect()) {
            String id = open(first);
            Socket socket = joined.poll(60, TimeUnit.SECONDS);
            second.send(poll(id));
            first.close();
            socket.send("still here");
            assertThat(second.body(second.head())).isEqualTo(framed("still here"));
        }
    }

    @Test
    @DisplayName("F11: a connection stays open after each response without Connection: close")
    void answersKeepTheirConnection() throws Exception {
        try (Peer peer = connect()) {
            String id = open(peer);
            Socket socket = joined.poll(60, TimeUnit.SECONDS);
            for (int i = 0; i < 5; i++) {
                socket.send("m" + i);
                String head = peer.send(poll(id)).head();
                assertThat(head).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("connection: close");
                assertThat(peer.body(head)).isEqualTo(framed("m" + i));
                String posted = peer.send("POST /socket.io/xhr-polling/" + id + "/send HTTP/1.1\r\n"
                                + "Host: 127.0.0.1:8618\r\nContent-Length: 5\r\n\r\ndata=")
                        .head();
                assertThat(peer.body(posted)).isEqualTo("ok");
            }
        }
    }

    @Test
    @DisplayName("S7: each request to a transport is answered or closed")
    void nothingHangs() throws Exception {
        for (String request : List.of(
                "OPTIONS /socket.io/xhr-polling//1",
                "PUT /socket.io/xhr-polling//1",
                "HEAD /socket.io/xhr-polling//1",
                "HEAD /socket.io/websocket",
                "GET /socket.io/websocket",
                "POST /socket.io/websocket",
                "POST /socket.io/xhr-polling//send",
                "GET /socket.io/xhr-polling/none/1")) {
            try (Peer peer =
                    connect().send(request + " HTTP/1.1\r\nHost: 127.0.0.1:8618\r\nConnection: close\r\n\r\n")) {
                assertThat(peer.rest()).as(request).matches("(?s)|HTTP/1.1 4.*");
            }
        }
        try (Peer peer = connect()
                .send("GET /socket.io/websocket HTTP/1.1\r\n" + UPGRADE.replace("WebSocket", "IRC")
                        + "Connection: close\r\n\r\n")) {
            assertThat(peer.rest()).startsWith("HTTP/1.1 400 ");
        }
        assertThat(server.sockets()).isEmpty();
    }

    @Test
    @DisplayName("S13: text of a request never becomes a header line of the response")
    void noInjection() throws Exception {
        for (String hostile : List.of(
                UPGRADE.replace("Origin: http://", "Origin: http://a\rX-Evil: 1"),
                UPGRADE.replace("Origin: http://", "Origin: http://a\r\n X-Evil: 1\r\n Y: "),
                UPGRADE.replace("Origin: http://", "Origin: http://\0"),
                UPGRADE.replace("Host: ", "Host: a\u000BX-Evil: 1"),
                UPGRADE.replace("Host: ", "Host: a\u0085"),
                UPGRADE + "Sec-WebSocket-Protocol: a\r\n\tX-Evil: 1\r\n")) {
            String keys = REQUEST_76.substring(REQUEST_76.indexOf("Sec-WebSocket-Key1"));
            for (String end : List.of("\r\n", keys + NONCE)) {
                String request = "GET /socket.io/websocket HTTP/1.1\r\n" + hostile + end;
                try (Peer peer = connect().send(request)) {
                    peer.shutdownOutput();
                    assertThat(peer.rest().lines()).as(request).noneMatch(line -> line.startsWith("X-Evil"));
                }
            }
        }
    }

    private static String poll(String id) {
        return "GET /socket.io/xhr-polling/" + id + "/1289345741902 HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    /** Opens a session by polling and returns its id. */
    private static String open(Peer peer) throws Exception {
        String head = peer.send("GET /socket.io/xhr-polling//1289345741901 HTTP/1.1\r\nHost: a\r\n\r\n")
                .head();
        return peer.body(head).substring("~m~20~m~".length());
    }
}
