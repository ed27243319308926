package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.AcksUnsupportedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.examples.ChatDemo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four client builds 0.6, unmodified, in Chromium, with a server whose default client is one of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Client2010Test {
    private static final String TEXT = "é € 😀 </script> \u2028 ~m~3~m~abc";
    private static final String LINES = "one\ntwo\r\n--socketio\n";
    private static final long TIMEOUT_SECONDS = 60;

    private final Agent agent = new Agent();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private Site site;

    @BeforeAll
    void start() throws Exception {
        site = new Site(ServerOptions.builder()
                .clientFiles("0.6.3", "0.6.2", "0.6.1", "0.6")
                .scriptTransports(true)
                .build());
        site.server().onConnection(joined::add);
        site.server().onMessage((socket, message) -> received.add(message));
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        site.close();
    }

    /** Returns the page of the README of 0.6, with code in its functions. */
    @Test
    void thePageOfTheReadmeWorks() throws Exception {
        String url = site.page("/readme.html", """
                <script src="/socket.io/socket.io.js"></script>
                <script>
                	var socket = new io.Socket();
                	socket.on('connect', function(){ socket.send('connected'); })
                	socket.on('message', function(message){ document.title = message; })
                	socket.on('disconnect', function(){ document.title = 'disconnected'; })
                	socket.options.port = location.port; socket.connect();
                </script>
                """);
        agent.order("page", "readme", "url", url);
        assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("connected");
        Socket socket = joined.take();
        socket.send("hello from 2026");
        agent.order("waitFor", "readme", "script", "document.title === 'hello from 2026'");
        socket.disconnect();
        agent.order("waitFor", "readme", "script", "document.title === 'disconnected'");
        agent.order("closePage", "readme");
    }

    @ParameterizedTest
    @CsvSource({
        "0.6,websocket", "0.6,xhr-polling", "0.6,jsonp-polling", "0.6,htmlfile", "0.6,xhr-multipart",
        "0.6.1,websocket", "0.6.1,xhr-polling", "0.6.1,jsonp-polling", "0.6.1,htmlfile", "0.6.1,xhr-multipart",
        "0.6.2,websocket", "0.6.2,xhr-polling", "0.6.2,jsonp-polling", "0.6.2,htmlfile", "0.6.2,xhr-multipart",
        "0.6.3,websocket", "0.6.3,xhr-polling", "0.6.3,jsonp-polling", "0.6.3,htmlfile", "0.6.3,xhr-multipart"
    })
    void messagesArriveUnalteredBothWays(String build, String transport) throws Exception {
        String name = build + " " + transport;
        agent.order("page", name, "url", site.page("/" + build + "/" + transport, bare(build, transport)));
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        assertThat(socket.transport()).isEqualTo(transport);
        assertThat(socket.handshake().generation()).isEqualTo("gen0");

        for (Object message : List.of(TEXT, "~h~1", "~j~{", Map.of("a", List.of(1, true, "é")), List.of("x"), LINES)) {
            socket.send(message);
        }
        socket.emit("news", "a", 1);
        agent.order("waitFor", name, "script", "window.got.length === 7");
        assertThat(agent.order("evaluate", name, "script", "JSON.stringify(window.got)")
                        .asString())
                .isEqualTo("[\"é € 😀 </script> \u2028 ~m~3~m~abc\",\"~h~1\",\"~j~{\",{\"a\":[1,true,\"é\"]},[\"x\"],"
                        + "\"one\\ntwo\\r\\n--socketio\\n\",{\"name\":\"news\",\"args\":[\"a\",1]}]");

        agent.order(
                "evaluate",
                name,
                "script",
                "client.send('" + TEXT + "'); client.send({b: ['é', null]}); client.send('one\\ntwo\\n'); 0");
        assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo(TEXT);
        assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).hasToString("{b=[é, null]}");
        assertThat(received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("one\ntwo\n");

        assertThat(socket.call("question", String.class)
                        .exceptionally(Client2010Test::name)
                        .join())
                .isEqualTo(AcksUnsupportedException.class.getName());
        agent.order("closePage", name);
        Matrix.works("gen0", build, "Chromium", transport);
    }

    private static String name(Throwable failure) {
        return (failure instanceof CompletionException ? failure.getCause() : failure)
                .getClass()
                .getName();
    }

    private String bare(String build, String transport) throws IOException {
        return """
                <!doctype html><meta charset="utf-8"><body>
                <script>%s</script>
                <script src="/socket.io/%s/socket.io.js"></script>
                <script>
                  window.got = [];
                  var client = new io.Socket('127.0.0.1', {port: %d, rememberTransport: false, transports: ['%s']});
                  client.on('message', function (message) { window.got.push(message); });
                  // Not earlier: a page loads until the script of a poll, or an endless page in a frame, has ended.
                  window.onload = function () { setTimeout(function () { client.connect(); }, 0); };
                </script>
                """.formatted(standIn(transport), build, site.port(), transport);
    }

    /** Returns the script of the demo that replaces features of older browsers. */
    private static String standIn(String transport) throws IOException {
        if (!List.of("htmlfile", "xhr-multipart").contains(transport)) {
            return "";
        }
        try (InputStream script = ChatDemo.class.getResourceAsStream("/web/2010-browser.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
