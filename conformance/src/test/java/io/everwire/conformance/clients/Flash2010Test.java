package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.examples.ChatDemo;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Client 0.6.3 with flashsocket. Ruffle runs the client's own movie, which the server serves; the movie implements draft 76. Ruffle
 * does not support the movies of earlier builds (FABridge); their bytes on the wire are the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Flash2010Test {
    private static final long TIMEOUT_SECONDS = 60;
    private static final String TEXT = "é € 😀 </script> \u2028 a\r\nb";

    private final Agent agent = new Agent();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private Site site;
    private int relay;

    @BeforeAll
    void start() throws Exception {
        site = new Site(ServerOptions.builder()
                .clientFiles(Site.CLIENTS)
                .setup(server -> {
                    server.onConnection(joined::add);
                    server.onMessage((socket, message) -> received.add(message));
                    server.onDisconnect((socket, reason) -> left.add(reason.toString()));
                })
                .build());
        relay = agent.order("flash", "flash").asInt();
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        site.close();
    }

    @Test
    void theOriginalMovieUsesDraft76() throws Exception {
        agent.order("page", "flash", "url", site.page("/", page()));
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        assertThat(socket.transport()).isEqualTo("flashsocket");
        assertThat(socket.handshake().headers()).containsKeys("sec-websocket-key1", "sec-websocket-key2", "cookie");
        socket.send(TEXT);
        socket.send(Map.of("a", TEXT));
        agent.order("waitFor", "flash", "script", "window.got.length === 2");
        agent.order("evaluate", "flash", "script", "client.send(got[0]); client.send(got[1]); 0");
        assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo(TEXT);
        assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).hasToString("{a=" + TEXT + "}");
        agent.order("evaluate", "flash", "script", "client.disconnect(); 0");
        assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("transport close");
        agent.order("closePage", "flash");
        Matrix.works("gen0", "0.6.3", "Chromium", "flashsocket");
    }

    @Test
    void theDemoOffersFlash() throws Exception {
        SocketIoServer server = SocketIoServer.create(
                ServerOptions.builder().clientFiles(Site.CLIENTS).build());
        Host netty = ChatDemo.start(server, new InetSocketAddress("127.0.0.1", 0));
        String url = "http://127.0.0.1:" + netty.address().getPort() + "/2010.html";
        agent.order("page", "demo", "url", url + "?transport=flashsocket");
        agent.order("waitFor", "demo", "script", "document.querySelector('#state[data-state=disconnected]') != null");
        assertThat(agent.order("evaluate", "demo", "script", "document.querySelector('#transport').textContent")
                        .asString())
                .isEqualTo("nothing: this browser has no Flash");
        assertThat(agent.order("evaluate", "demo", "script", "document.querySelectorAll('a[href$=flashsocket]').length")
                        .asInt())
                .isEqualTo(1);
        agent.order("closePage", "demo");
        server.close();
        netty.close().join();
    }

    private String page() {
        return """
                <!doctype html><meta charset="utf-8"><body>
                <script>
                  window.NativeWebSocket = WebSocket;
                  delete window.WebSocket;
                  // In current browsers, the ports of a message must not be null.
                  var init = MessageEvent.prototype.initMessageEvent;
                  MessageEvent.prototype.initMessageEvent = function () {
                    init.apply(this, [].slice.call(arguments, 0, 7));
                  };
                  window.RufflePlayer = {config: {
                    socketProxy: [{host: '127.0.0.1', port: %d, proxyUrl: 'ws://127.0.0.1:%d/?port=%d'}],
                    allowScriptAccess: true, autoplay: 'on', unmuteOverlay: 'hidden'
                  }};
                </script>
                <script src="/ruffle/ruffle.js"></script>
                <script src="/socket.io/0.6.3/socket.io.js"></script>
                <script>
                  window.got = [];
                  var client = new io.Socket('127.0.0.1', {
                    port: %d, rememberTransport: false, reconnect: false, transports: ['flashsocket'], connectTimeout: 30000});
                  client.on('message', function (message) { window.got.push(message); });
                  window.onload = function () { client.connect(); };
                </script>
                """.formatted(site.port(), relay, site.port(), site.port());
    }
}
