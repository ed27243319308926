package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client 0.9.17, unmodified, in Chromium and in Node, on a server whose default client it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Client09Test {
    private static final String TEXT = "é € 😀 </script> <!--<script> \u2028 \ufffd5\ufffd \\ \" \n end";
    private static final long TIMEOUT_SECONDS = 60;

    private final Agent agent = new Agent();
    private BlockingQueue<Socket> joined;
    private BlockingQueue<Object> received;
    private BlockingQueue<String> left;
    private Site site;

    @BeforeEach
    void start() throws Exception {
        // Not the queues of the last test: listeners of its server may still be running.
        BlockingQueue<Socket> newJoined = new LinkedBlockingQueue<>();
        BlockingQueue<Object> newReceived = new LinkedBlockingQueue<>();
        BlockingQueue<String> newLeft = new LinkedBlockingQueue<>();
        joined = newJoined;
        received = newReceived;
        left = newLeft;
        site = new Site(ServerOptions.builder()
                .clientFiles("0.9.17")
                .scriptTransports(true)
                .build());
        site.server().onConnection(newJoined::add);
        site.server().onMessage((socket, message) -> newReceived.add(message));
        site.server().onCall("echo", Object.class, (socket, value) -> value);
        site.server().onDisconnect((socket, reason) -> newLeft.add("/ " + reason));
        site.server().of("/chat").onMessage((socket, message) -> socket.send("chat " + message));
        site.server().of("/chat").onCall("echo", Object.class, (socket, value) -> List.of("chat", value));
        site.server().of("/chat").onDisconnect((socket, reason) -> newLeft.add("/chat " + reason));
    }

    /** A server for each test: clients of an earlier test that reconnect must not find it. */
    @AfterEach
    void stop() {
        site.close();
    }

    @AfterAll
    void close() throws Exception {
        agent.close();
    }

    /** Returns the page of the README of 0.9, with code in its functions. */
    @Test
    void thePageOfTheReadmeWorks() throws Exception {
        String url = site.page("/readme.html", """
                <script src="/socket.io/socket.io.js"></script>
                <script>
                  var socket = io.connect();
                  socket.on('connect', function () { socket.emit('echo', 'hi', function (a) { socket.send(a); }); });
                  socket.on('news', function (data) { document.title = data.hello; });
                </script>
                """);
        agent.order("page", "readme", "url", url);
        Socket socket = next(joined);
        assertThat(socket.transport()).isEqualTo("websocket");
        assertThat(next(received)).isEqualTo("hi");
        socket.emit("news", Map.of("hello", "world"));
        agent.order("waitFor", "readme", "script", "document.title === 'world'");
        agent.order("closePage", "readme");
        assertThat(next(left)).isEqualTo("/ transport close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "xhr-polling", "jsonp-polling", "htmlfile"})
    void everythingWorksInABrowser(String transport) throws Exception {
        agent.order("page", transport, "url", site.page("/" + transport, page(transport)));
        Socket socket = next(joined);
        assertThat(socket.transport()).isEqualTo(transport);
        assertThat(socket.handshake().generation()).isEqualTo("gen1");

        for (Object message : List.of(TEXT, "", Map.of("a", List.of(1, true, "é")), List.of("x"))) {
            socket.send(message);
        }
        socket.emit("news", TEXT, 1, new byte[] {1, 2, (byte) 0xFF});
        agent.order("waitFor", transport, "script", "window.got.length === 5");
        assertThat(evaluate(transport, "JSON.stringify(got.slice(1))"))
                .isEqualTo("[\"\",{\"a\":[1,true,\"é\"]},[\"x\"],[" + quoted() + ",1,\"AQL/\"]]");
        assertThat(evaluate(transport, "got[0]")).isEqualTo(TEXT);

        evaluate(transport, "client.send(" + quoted() + "); client.json.send({b: ['é', null]}); ''");
        assertThat(next(received)).isEqualTo(TEXT);
        assertThat(next(received)).hasToString("{b=[é, null]}");
        evaluate(transport, "client.send('receipt, please', function () { got.push('receipt'); }); ''");
        agent.order("waitFor", transport, "script", "got[5] === 'receipt'");
        assertThat(next(received)).isEqualTo("receipt, please");

        evaluate(transport, "client.emit('echo', [" + quoted() + "], function (answer) { got.push(answer); }); ''");
        agent.order("waitFor", transport, "script", "got.length === 7");
        assertThat(evaluate(transport, "got[6][0]")).isEqualTo(TEXT);
        assertThat(socket.call("ask", String.class, TEXT).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("answer to " + TEXT);

        assertNamespaces(transport);
        socket.disconnect();
        agent.order("waitFor", transport, "script", "window.ended === 'booted'");
        assertThat(List.of(next(left), next(left)))
                .containsExactlyInAnyOrder("/ server namespace disconnect", "/chat forced close");
        agent.order("closePage", transport);
        Matrix.works("gen1", "0.9.17", "Chromium", transport);
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "xhr-polling"})
    void everythingWorksInNode(String transport) throws Exception {
        String name = "node " + transport;
        agent.order("open09", name, "url", site.url(""), "transports", List.of(transport));
        agent.inbox(name).take("connect", "[\"" + transport + "\"]");
        Socket socket = next(joined);
        socket.send(TEXT);
        assertThat(agent.inbox(name).take("message").get(0).asString()).isEqualTo(TEXT);
        // The client confirms a message by itself.
        assertThat(socket.call("message", Object.class, "tobi").get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isNull();
        agent.inbox(name).take("message", "[\"tobi\"]");
        socket.emit("news", Map.of("a", 1), "é");
        agent.inbox(name).take("news", "[{\"a\":1},\"é\"]");
        agent.order("send09", name, "text", TEXT);
        assertThat(next(received)).isEqualTo(TEXT);
        assertThat(agent.order("call09", name, "event", "echo", "args", List.of(TEXT))
                        .asString())
                .isEqualTo(TEXT);
        assertThat(socket.call("ask", String.class, 7).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("answer to");
        agent.order("disconnect09", name);
        assertThat(next(left)).isEqualTo("/ client namespace disconnect");
        Matrix.works("gen1", "0.9.17", "Node", transport);
    }

    /** The client sends to a namespace before it is accepted or rejected. */
    private void assertNamespaces(String transport) {
        evaluate(transport, """
                (function () {
                  window.told = [];
                  var nowhere = client.of('/nowhere');
                  nowhere.on('connect_failed', function (reason) { told.push(['failed', reason]); });
                  nowhere.send('anybody?');
                  var chat = client.of('/chat');
                  chat.on('connect', function () { told.push(['joined']); });
                  chat.on('message', function (message) { told.push(['message', message]); });
                  chat.send('hello');
                  chat.emit('echo', 'é', function (answer) { told.push(['answer', answer]); });
                  return '';
                })()
                """);
        agent.order("waitFor", transport, "script", "told.length === 4");
        assertThat(evaluate(transport, "JSON.stringify(told)"))
                .contains("[\"failed\",\"unauthorized\"]", "[\"joined\"],[\"", "[\"message\",\"chat hello\"]")
                .contains("[\"answer\",[\"chat\",\"é\"]]");
    }

    private String evaluate(String page, String script) {
        return agent.order("evaluate", page, "script", script).asString();
    }

    private static String quoted() {
        return "\"" + TEXT.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    /** Returns a page; a hidden frame replaces the document of Internet Explorer. */
    private String page(String transport) {
        return """
                <!doctype html><meta charset="utf-8"><body>
                <script>
                  if ('%s' === 'htmlfile') {
                    window.ActiveXObject = function (name) {
                      if (name !== 'htmlfile') throw new Error(name);
                      var frame = document.createElement('iframe');
                      frame.style.display = 'none';
                      document.body.appendChild(frame);
                      Object.defineProperty(frame.contentDocument, 'parentWindow', { value: frame.contentWindow });
                      return frame.contentDocument;
                    };
                    window.CollectGarbage = function () {};
                  }
                </script>
                <script src="/socket.io/0.9.17/socket.io.js"></script>
                <script>
                  window.got = [];
                  // The client merges an option "transports" into this list, element by element.
                  io.transports = ['%s'];
                  var client = io.connect();
                  client.on('message', function (message) { got.push(message); });
                  client.on('news', function () { got.push([].slice.call(arguments)); });
                  client.on('ask', function (question, answer) { answer('answer to ' + question); });
                  client.on('disconnect', function (reason) { window.ended = reason; });
                </script>
                """.formatted(transport, transport);
    }
}
