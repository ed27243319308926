package io.everwire.conformance.wire;

import static io.everwire.conformance.wire.Wire2010.frame;
import static io.everwire.conformance.wire.Wire2010.framed;
import static io.everwire.conformance.wire.Wire2010.get;
import static io.everwire.conformance.wire.Wire2010.open;
import static io.everwire.conformance.wire.Wire2010.poll;
import static io.everwire.conformance.wire.Wire2010.post;
import static io.everwire.conformance.wire.Wire2010.utf8;
import static io.everwire.conformance.wire.Wire2010.webSocket;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.TransportOptions;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Defects of the original server 0.6 between network and application, by their numbers in the specification. */
@Timeout(120)
class Defects2010Test {
    private static final Duration AWAY = Duration.ofMinutes(1);

    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private SocketIoServer server;
    private NettyServer netty;

    @BeforeEach
    void start() throws Exception {
        server = SocketIoServer.create(ServerOptions.builder()
                .origins("http://127.0.0.1:8618")
                .scriptTransports(true)
                .transport(
                        "websocket",
                        TransportOptions.builder().closeTimeout(AWAY).build())
                .build());
        server.onConnection(joined::add);
        server.onDisconnect((socket, reason) -> left.add(reason.toString()));
        server.onMessage((socket, message) -> {
            if (message.equals("fail")) {
                throw new IllegalStateException("requested by the test");
            }
            socket.send("echo " + message);
        });
        // One event loop reads two connections in the order in which the test wrote to them.
        netty = NettyServer.builder(server)
                .options(NettyOptions.builder().workerThreads(1).build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
        netty.close().join();
    }

    private Peer connect() throws Exception {
        return new Peer(netty.address().getPort());
    }

    private Socket joined() throws Exception {
        return joined.poll(60, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("C6, C9: a handler that throws ends neither the server nor the session, and the POST is answered")
    void failingHandlers() throws Exception {
        try (Peer line = webSocket(netty.address().getPort());
                Peer polling = connect()) {
            line.send(frame("fail") + frame("a"));
            assertThat(line.frame()).isEqualTo(framed("echo a"));

            String id = open(polling);
            String body = "data=" + framed("fail") + framed("b");
            assertThat(polling.body(polling.send(post("/socket.io/xhr-polling/" + id + "/send", body))
                            .head()))
                    .isEqualTo("ok");
            assertThat(polling.body(polling.send(poll(id)).head())).isEqualTo(framed("echo b"));
        }
    }

    @Test
    @DisplayName("C5: a message with invalid JSON ends neither the server nor the session")
    void brokenJson() throws Exception {
        try (Peer line = webSocket(netty.address().getPort())) {
            line.send("\0~m~4~m~~j~{\u00FF" + frame("a"));
            assertThat(line.frame()).isEqualTo(framed("echo a"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xhr-polling//1", "jsonp-polling//1/0", "htmlfile//1", "xhr-multipart/", "server-events"})
    @DisplayName("S3: a page of another origin can neither open nor use a session, on any transport")
    void foreignPages(String opening) throws Exception {
        String foreign = "Origin: http://evil.example";
        try (Peer peer = connect().send(get("/socket.io/" + opening, foreign, "Connection: close"))) {
            assertThat(peer.rest()).matches("(?s)|HTTP/1.1 403 .*").doesNotContain("~m~");
        }
        assertThat(server.sockets()).isEmpty();
        try (Peer owner = connect();
                Peer thief = connect()) {
            String id = open(owner);
            String reached = "/socket.io/xhr-polling/" + id;
            thief.send(post(reached + "/send", "data=" + framed("stolen"), foreign));
            String head = thief.head();
            assertThat(head).startsWith("HTTP/1.1 401 ").doesNotContainIgnoringCase("access-control");
            assertThat(thief.body(head)).isEqualTo("unauthorized");
            assertThat(thief.send(get(reached + "/2", foreign)).rest()).isEmpty();
            joined().send("mine");
            assertThat(owner.body(owner.send(poll(id)).head())).isEqualTo(framed("mine"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "flashsocket"})
    @DisplayName("S3: a page of another origin gets no WebSocket, in either draft")
    void foreignWebSockets(String transport) throws Exception {
        String line = "GET /socket.io/" + transport + " HTTP/1.1\r\n"
                + Wire2010.UPGRADE.replace("http://127.0.0.1:8618", "http://evil.example") + "Connection: close\r\n";
        for (String rest : List.of("\r\n", Wire2010.KEYS + "\r\n" + Wire2010.NONCE)) {
            try (Peer peer = connect().send(line + rest)) {
                peer.shutdownOutput();
                assertThat(peer.rest()).startsWith("HTTP/1.1 4").doesNotContain("~m~");
            }
        }
        assertThat(server.sockets()).isEmpty();
    }

    /** The original server answered with the digest of the first connection's nonce, so that browsers rejected the second. */
    @Test
    @DisplayName("F2: a second WebSocket of draft 76 gets the digest of its own nonce")
    void draft76ComesBack() throws Exception {
        String target = "GET /socket.io/websocket";
        String rest = " HTTP/1.1\r\n" + Wire2010.UPGRADE;
        String other = "Sec-WebSocket-Key1: 18x 6]8vM;54 *(5:  {   U1]8  z [  8\r\n"
                + "Sec-WebSocket-Key2: 1_ tx7X d  <  nw  334J702) 7]o}` 0\r\n";
        String id;
        try (Peer first = connect().send(target + rest + other + "\r\nTm[K T2u")) {
            first.head();
            // The digest of the second example in the draft.
            assertThat(first.text(16)).isEqualTo("fQJ,fN/4F4!~K~MH");
            id = first.frame().substring("~m~20~m~".length());
            // Both sides have sent their end: later data must not be written to the closing connection.
            assertThat(first.send("\u00FF\0").rest()).isEqualTo("\u00FF\0");
        }
        Socket socket = joined();
        socket.send("meanwhile");
        try (Peer second = connect().send(target + "/" + id + rest + Wire2010.KEYS + "\r\n" + Wire2010.NONCE)) {
            second.head();
            assertThat(second.text(16)).isEqualTo(Wire2010.DIGEST);
            assertThat(second.frame()).isEqualTo(framed("meanwhile"));
            second.send(frame("back"));
            assertThat(second.frame()).isEqualTo(framed("echo back"));
        }
        assertThat(left).isEmpty();
    }

    @Test
    @DisplayName("S6: endless bodies and frames end at the limit and do not affect other clients")
    void endlessInput() throws Exception {
        String piece = "x".repeat(10_000);
        try (Peer neighbour = webSocket(netty.address().getPort());
                Peer session = connect();
                Peer body = connect();
                Peer line = webSocket(netty.address().getPort())) {
            body.send("POST /socket.io/xhr-polling/" + open(session) + "/send HTTP/1.1\r\nHost: a\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n5\r\ndata=\r\n");
            line.send("\0");
            // The limit, maxHttpBufferSize, is 1,000,000 bytes.
            for (int sent = 0; sent <= 1_000_000; sent += piece.length()) {
                body.send("2710\r\n" + piece + "\r\n");
                line.send(piece);
            }
            assertThat(body.head()).startsWith("HTTP/1.1 413 ");
            // Draft 75 has no closing handshake.
            assertThat(line.rest()).isEmpty();
            neighbour.send(frame("a"));
            assertThat(neighbour.frame()).isEqualTo(framed("echo a"));
        }
    }

    @Test
    @DisplayName("F7: of two polls the older is answered at once, and the newer receives the message")
    void twoPolls() throws Exception {
        try (Peer first = connect();
                Peer second = connect()) {
            String id = open(first);
            first.send(poll(id));
            second.send(poll(id));
            assertThat(first.body(first.head())).isEmpty();
            joined().send("a");
            assertThat(second.body(second.head())).isEqualTo(framed("a"));
        }
    }

    @Test
    @DisplayName("F10: peers that half-close are closed in every state")
    void halfClosedConnectionsEnd() throws Exception {
        try (Peer idle = connect();
                Peer polling = connect();
                Peer posting = connect();
                Peer line = webSocket(netty.address().getPort())) {
            String id = open(idle);
            polling.send(poll(id));
            posting.send("POST /socket.io/xhr-polling/" + id
                    + "/send HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\ndata=");
            for (Peer peer : List.of(polling, posting, line, idle)) {
                peer.shutdownOutput();
                peer.rest();
            }
        }
    }

    @Test
    @DisplayName("F12, F17: characters split at any place in a body are joined, and lengths count bytes")
    void charactersCutInPieces() throws Exception {
        String body = "data=" + utf8(framed("é€😀"));
        try (Peer peer = connect()) {
            String id = open(peer);
            String request = post("/socket.io/xhr-polling/" + id + "/send", body);
            for (int cut = request.length() - body.length(); cut < request.length(); cut++) {
                peer.send(request.substring(0, cut)).send(request.substring(cut));
                assertThat(peer.body(peer.head())).isEqualTo("ok");
                String head = peer.send(poll(id)).head();
                assertThat(head).containsIgnoringCase("\r\nContent-Length: 21\r\n");
                assertThat(peer.body(head)).isEqualTo(framed("echo é€😀"));
            }
        }
    }

    @Test
    @DisplayName("F21: the request that opened a session is available at any time, also between polls")
    void theHandshakeStays() throws Exception {
        try (Peer peer = connect()) {
            peer.send(get("/socket.io/xhr-polling//1", "Cookie: a=b", "User-Agent: 2010"));
            peer.body(peer.head());
            Socket socket = joined();
            assertThat(socket.handshake().headers())
                    .containsEntry("cookie", "a=b")
                    .containsEntry("user-agent", "2010");
            assertThat(socket.handshake().address().getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
            assertThat(socket.handshake().url()).isEqualTo("/socket.io/xhr-polling//1");
        }
    }
}
