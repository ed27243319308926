package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.netty.FlashPolicyServer;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sentences of the README of Socket.IO-node 0.6.0 that the presets of 2010 make true. {@code SeedApiTest} has the
 * other ones, which hold with the defaults.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Readme2010Test {
    private final Agent agent = new Agent();
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private SocketIoServer server;
    private NettyServer host;
    private int policyPort;

    @BeforeAll
    void start() throws Exception {
        // docs: since2010
        ServerOptions options = ServerOptions.since2010().build();
        NettyOptions netty = NettyOptions.since2010().build();
        // docs: end
        server = SocketIoServer.create(options);
        server.onMessage((socket, message) -> received.add(message));
        // A free port in place of 843, which takes privileges.
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            policyPort = free.getLocalPort();
        }
        assertThat(netty.flashPolicyPort()).isEqualTo(FlashPolicyServer.PORT).isEqualTo(843);
        host = NettyServer.builder(server)
                .options(netty.toBuilder().flashPolicyPort(policyPort).build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        server.close();
        host.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("The client side files will be served automatically by Socket.IO-node.")
    void clientFiles() throws Exception {
        assertThat(get("/socket.io/socket.io.js")).startsWith("HTTP/1.1 200").contains("version: '0.6.3'");
        assertThat(get("/socket.io/lib/vendor/web-socket-js/WebSocketMain.swf"))
                .startsWith("HTTP/1.1 200")
                .contains("application/x-shockwave-flash");
    }

    @Test
    @DisplayName("On the client side: the script of the README, with code in its functions")
    void page() throws Exception {
        // The page is the script itself: the origin is the server's.
        agent.order("page", "readme 2010", "url", url("/socket.io/socket.io.js"));
        agent.order("evaluate", "readme 2010", "script", """
                (async () => {
                  const script = document.createElement('script');
                  script.src = '/socket.io/socket.io.js';
                  await new Promise((loaded) => { script.onload = loaded; document.head.append(script); });
                  var socket = new io.Socket();
                  socket.on('connect', function(){ socket.send('connected'); })
                  socket.connect();
                  return '';
                })()
                """);
        assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo("connected");
        agent.order("closePage", "readme 2010");
    }

    @ParameterizedTest
    @DisplayName("Supports: XHR Polling, XHR Multipart Streaming, Forever Iframe, JSONP Polling, server-events")
    @CsvSource({
        "/socket.io/xhr-polling//1, ~m~20~m~",
        "/socket.io/jsonp-polling//1/0, io.JSONP[0]._(",
        "/socket.io/xhr-multipart/, --socketio",
        "/socket.io/htmlfile//1, <html><body>",
        "/socket.io/server-events, data: ~m~20~m~"
    })
    void transports(String path, String content) throws Exception {
        try (Socket socket = connect(host.address())) {
            ask(socket, path);
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().contains(content)) {
                int next = socket.getInputStream().read();
                assertThat(next).as(answer.toString()).isNotNegative();
                answer.append((char) next);
            }
            assertThat(answer).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    @DisplayName("WebSocket over Flash (+ XML security policy support)")
    void policy() throws Exception {
        try (Socket socket = connect(host.address())) {
            socket.getOutputStream().write("<policy-file-request/>\0".getBytes(StandardCharsets.US_ASCII));
            assertThat(rest(socket)).contains("<cross-domain-policy>");
        }
    }

    @Test
    @DisplayName("a server will be initialized to listen to requests on the port 843")
    void policyPort() throws Exception {
        try (Socket socket = connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), policyPort))) {
            assertThat(rest(socket)).contains("<cross-domain-policy>");
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + host.address().getPort() + path;
    }

    private String get(String path) throws IOException {
        try (Socket socket = connect(host.address())) {
            ask(socket, path);
            socket.shutdownOutput();
            return rest(socket);
        }
    }

    private static void ask(Socket socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
