package io.everwire.conformance.wire;

import static io.everwire.conformance.wire.Wire2010.get;
import static io.everwire.conformance.wire.Wire2010.request;
import static io.everwire.conformance.wire.Wire2010.webSocket;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The cases of the original test suite (identical from 0.6.0 to 0.6.18) that need a host or an application, by their names.
 * Transcripts and vectors cover the others; {@code docs/old-clients.md} lists all 31.
 */
@Timeout(120)
class Original2010Test {
    private static final Map<String, String> PAGES =
            Map.of("/test", "Hello world", "/socket.io/inexistent", "All cool");

    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private SocketIoServer server;
    private NettyServer netty;

    @BeforeEach
    void start() throws Exception {
        server = SocketIoServer.create(
                ServerOptions.builder().origins("*:*").clientFiles("0.6.3").build());
        server.onConnection(joined::add);
        netty = NettyServer.builder(server)
                .options(NettyOptions.builder().flashPolicy(true).build())
                .application(pipeline -> pipeline.addLast(new Application()))
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

    // index

    @Test
    @DisplayName("server initialization")
    void serverInitialization() throws Exception {
        try (SocketIoServer another = SocketIoServer.create()) {
            another.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (Peer peer = new Peer(another.host().address().getPort())) {
                assertThat(Wire2010.open(peer)).hasSize(20);
            }
        }
    }

    // listener

    @Test
    @DisplayName("serving static javascript client")
    void servingStaticJavascriptClient() throws Exception {
        try (Peer peer = connect()) {
            String head = peer.send(get("/socket.io/socket.io.js")).head();
            assertThat(head).startsWith("HTTP/1.1 200 ").contains("\r\nContent-Type: text/javascript");
            assertThat(peer.body(head)).contains("setPath");
            for (String name : List.of("lib/vendor/web-socket-js/WebSocketMain.swf", "WebSocketMain.swf")) {
                String flash = peer.send(get("/socket.io/" + name)).head();
                assertThat(flash)
                        .startsWith("HTTP/1.1 200 ")
                        .contains("Content-Type: application/x-shockwave-flash\r\n", "ETag: \"0.6.3\"\r\n");
                assertThat(peer.body(flash)).startsWith("CWS");
                // The original server wrote its tag without quotes; caches still send it in this form.
                for (String tag : List.of("\"0.6.3\"", "0.6.3")) {
                    assertThat(peer.send(get("/socket.io/" + name, "If-None-Match: " + tag))
                                    .head())
                            .startsWith("HTTP/1.1 304 ");
                }
                assertThat(peer.send(request("HEAD", "/socket.io/" + name, "")).head())
                        .isEqualToIgnoringCase(flash);
            }
        }
    }

    /** With F16: the application's handler, added last, receives only its own requests. */
    @Test
    @DisplayName("serving non-socket.io requests")
    void servingNonSocketIoRequests() throws Exception {
        try (Peer peer = connect()) {
            Wire2010.open(peer);
            String head = peer.send(get("/test")).head();
            assertThat(peer.body(head)).isEqualTo("Hello world");
            peer.send(get("/socket.io/socket.io.js", "If-None-Match: 0.6.3")).head();
        }
        assertThat(asked).containsExactly("/test");
    }

    /**
     * The original server ended every upgrade that was not its own, so that applications could have no other WebSocket. Everwire
     * passes other upgrades to the application. This application rejects the protocol, and the connection continues as HTTP.
     */
    @Test
    @DisplayName("destroying an upgrade connection that is not WebSocket")
    void destroyingAnUpgradeConnectionThatIsNotWebSocket() throws Exception {
        try (Peer peer = connect()) {
            String head =
                    peer.send(get("/", "Connection: Upgrade", "Upgrade: IRC")).head();
            assertThat(head).startsWith("HTTP/1.1 404 ").doesNotContainIgnoringCase("upgrade");
            peer.body(head);
            String next = peer.send(get("/test")).head();
            assertThat(peer.body(next)).isEqualTo("Hello world");
        }
        assertThat(asked).containsExactly("/", "/test");
        assertThat(joined).isEmpty();
    }

    @Test
    @DisplayName("broadcasting to clients")
    void broadcastingToClients() throws Exception {
        try (Peer first = webSocket(netty.address().getPort());
                Peer second = webSocket(netty.address().getPort())) {
            joined();
            joined();
            server.send("broadcasted msg");
            assertThat(first.frame()).isEqualTo("~m~15~m~broadcasted msg");
            assertThat(second.frame()).isEqualTo("~m~15~m~broadcasted msg");
        }
    }

    @Test
    @DisplayName("connecting with an invalid sessionid")
    void connectingWithAnInvalidSessionid() throws Exception {
        String line = "GET /socket.io/websocket/fake-session-id HTTP/1.1\r\n" + Wire2010.UPGRADE;
        for (String request : List.of(line + "\r\n", line + Wire2010.KEYS + "\r\n" + Wire2010.NONCE)) {
            try (Peer peer = connect().send(request)) {
                assertThat(peer.rest()).isEmpty();
            }
        }
        assertThat(joined).isEmpty();
    }

    @Test
    @DisplayName("connecting to an invalid transport")
    void connectingToAnInvalidTransport() throws Exception {
        try (Peer peer = connect()) {
            String head = peer.send(get("/socket.io/inexistent")).head();
            assertThat(peer.body(head)).isEqualTo("All cool");
        }
    }

    // flashsocket

    @Test
    @DisplayName("xml policy added to connection")
    void xmlPolicyAddedToConnection() throws Exception {
        try (Peer peer = connect().send("<policy-file-request/>\0")) {
            assertThat(peer.rest()).contains("<allow-access-from domain=\"*\" to-ports=\"*\"/>");
        }
    }

    // websocket

    @Test
    @DisplayName("client broadcast")
    void clientBroadcast() throws Exception {
        try (Peer first = webSocket(netty.address().getPort())) {
            Socket speaker = joined();
            try (Peer second = webSocket(netty.address().getPort());
                    Peer third = webSocket(netty.address().getPort())) {
                joined();
                joined();
                speaker.broadcast().send("broadcasted");
                speaker.send("not broadcasted");
                assertThat(second.frame()).isEqualTo("~m~11~m~broadcasted");
                assertThat(third.frame()).isEqualTo("~m~11~m~broadcasted");
                assertThat(first.frame()).isEqualTo("~m~15~m~not broadcasted");
            }
        }
    }

    @ChannelHandler.Sharable
    private final class Application extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
            if (part instanceof HttpRequest request) {
                asked.add(request.uri());
                String page = PAGES.get(request.uri());
                byte[] body = (page == null ? "" : page).getBytes(StandardCharsets.UTF_8);
                DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        page == null ? HttpResponseStatus.NOT_FOUND : HttpResponseStatus.OK,
                        Unpooled.wrappedBuffer(body));
                response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
                ctx.writeAndFlush(response);
            }
        }
    }
}
