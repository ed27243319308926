package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.TransportOptions;
import io.everwire.examples.ChatDemo;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example of server-events in Chromium: a page that uses only the browser's {@code EventSource}. */
class ServerEventsTest {
    private static final long TIMEOUT_SECONDS = 60;

    /** The page has received its session id. Until then it refuses to send, although the server has its socket. */
    private static final String CONNECTED = "document.querySelector('#state[data-state=connected]') != null";

    private final Agent agent = new Agent();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private SocketIoServer server;
    private Host netty;

    @BeforeEach
    void start() throws Exception {
        server = SocketIoServer.create(ServerOptions.builder()
                .transport(
                        "server-events",
                        TransportOptions.builder()
                                .heartbeatInterval(Duration.ofMillis(50))
                                .build())
                .setup(created -> {
                    created.onConnection(joined::add);
                    created.onMessage((socket, message) -> received.add(message));
                })
                .build());
        netty = ChatDemo.start(server, new InetSocketAddress("127.0.0.1", 0));
        String url = "http://127.0.0.1:" + netty.address().getPort() + "/server-events.html";
        agent.order("page", "page", "url", url);
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        server.close();
        netty.close().join();
    }

    @Test
    void messagesOfEveryShapeArriveBothWays() throws Exception {
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket.transport()).isEqualTo("server-events");
        agent.order("waitFor", "page", "script", CONNECTED);
        for (String message :
                new String[] {"'a\\r\\nb é € 😀 \\u2028'", "'~h~1'", "'~j~{'", "{a: [1, null]}", "true"}) {
            agent.order("evaluate", "page", "script", "chat.send(" + message + "); 0");
        }
        for (String message : new String[] {"a\r\nb é € 😀 \u2028", "~h~1", "~j~{", "{a=[1, null]}", "true"}) {
            assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).hasToString(message);
        }
        String last = "'a\\r\\nb é € 😀 </script> \\u2028'";
        socket.send(Map.of("message", List.of("x", "a\r\nb é € 😀 </script> \u2028")));
        agent.order(
                "waitFor",
                "page",
                "script",
                "[...document.querySelectorAll('#log .text')].some(e => e.textContent === " + last + ")");
    }

    /** A message without a session would be lost. */
    @Test
    void sendingWithoutASessionIsAnError() {
        String script = """
                (() => {
                  const unopened = new ServerEvents('/nowhere', { opened() {}, message() {}, closed() {} });
                  try { unopened.send('lost'); } catch (error) { return error.message; } finally { unopened.source.close(); }
                })()""";
        assertThat(agent.order("evaluate", "page", "script", script).asString()).isEqualTo("not connected");
    }

    /** The page echoes heartbeats, otherwise its session would end. After a lost connection the browser opens a new session. */
    @Test
    void aPageStaysConnectedAndReconnects() throws Exception {
        Socket first = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        agent.order("waitFor", "page", "script", CONNECTED);
        agent.order(
                "evaluate",
                "page",
                "script",
                "window.echoes = 0; const post = chat.post;"
                        + " chat.post = function (body) { if (/^~h~/.test(body)) window.echoes++; post.call(this, body); }; 0");
        agent.order("waitFor", "page", "script", "window.echoes > 20");
        assertThat(first.connected()).isTrue();
        assertThat(first.connections()).isEqualTo(1);

        first.disconnect(true);
        Socket second = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(second.id()).isNotEqualTo(first.id());
        agent.order("waitFor", "page", "script", CONNECTED);
        agent.order("evaluate", "page", "script", "chat.send('back'); 0");
        assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("back");
    }
}
