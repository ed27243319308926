package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Polling clients in Chromium read long texts, long binary data, and thousands of packets that were queued between two
 * polls (C2). One client overflowed its stack on a response of more than 124,000 bytes.
 */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongResponsesTest {
    private static final int LONG = 200_000;
    private static final int MANY = 5_000;

    private final Agent agent = new Agent();
    private Site site;

    /** The clients since 1.0, by version: the path of the bundle in its package. */
    private static final Map<String, String> BUNDLES = Map.of(
            "1.0.6", "socket.io.js",
            "1.1.0", "socket.io.js",
            "1.3.7", "socket.io.js",
            "1.4.8", "socket.io.js",
            "1.5.1", "socket.io.js",
            "1.6.0", "socket.io.js",
            "1.7.4", "dist/socket.io.js",
            "2.0.4", "dist/socket.io.js",
            "2.5.0", "dist/socket.io.js",
            "3.1.3", "dist/socket.io.js");

    static List<Arguments> sinceEngine() {
        List<Arguments> clients = new ArrayList<>();
        for (String version : BUNDLES.keySet().stream().sorted().toList()) {
            clients.add(Arguments.of(version, "transports: ['polling']"));
            if (!version.startsWith("3")) {
                clients.add(Arguments.of(version, "transports: ['polling'], forceJSONP: true"));
            }
        }
        return clients;
    }

    static List<Arguments> beforeEngine() {
        List<Arguments> clients = new ArrayList<>();
        for (String version : List.of("0.6", "0.6.1", "0.6.2", "0.6.3", "0.9.17")) {
            clients.add(Arguments.of(version, "xhr-polling"));
            clients.add(Arguments.of(version, "jsonp-polling"));
        }
        return clients;
    }

    /** Handlers run on the event loop, so that no poll arrives before a handler has sent everything. */
    @BeforeAll
    void start() throws Exception {
        site = new Site(ServerOptions.builder()
                .handlerMode(HandlerMode.EVENT_LOOP)
                .scriptTransports(true)
                .clientFiles(Site.CLIENTS)
                .build());
        site.server().onMessage((socket, message) -> {
            switch (message.toString()) {
                case "text" -> socket.emit("text", text());
                case "bytes" -> socket.emit("bytes", new byte[LONG], new byte[] {1});
                case "many texts" -> many(socket);
                case "many bytes" -> {
                    for (int i = 0; i < MANY / 10; i++) {
                        socket.emit("bytes", new byte[200], new byte[] {1});
                    }
                }
                case "messages" -> {
                    socket.send(text());
                    for (int i = 0; i < MANY; i++) {
                        socket.send("message " + i);
                    }
                }
                default -> throw new IllegalArgumentException(message.toString());
            }
        });
        for (Map.Entry<String, String> bundle : BUNDLES.entrySet()) {
            site.page(
                    "/clients/" + bundle.getKey() + ".js",
                    Files.readString(Agent.ROOT.resolve("conformance/js/node_modules/socket.io-client-"
                            + bundle.getKey() + "/" + bundle.getValue())));
        }
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        site.close();
    }

    @ParameterizedTest
    @MethodSource("sinceEngine")
    void eventsArrive(String version, String options) {
        String page = version + " " + options;
        agent.order("page", page, "url", site.page("/" + page.replaceAll("\\W+", "-"), page(version, options)));
        ask(page, "text", "texts.length === 1 && texts[0].length === " + text().length());
        assertThat(evaluate(page, "texts[0].substr(0, 8) + ends")).isEqualTo(text().substring(0, 8) + "[]");
        ask(page, "bytes", "bytes.length === 1 && bytes[0] === '" + LONG + " 1'");
        ask(page, "many texts", "texts.length === " + (1 + MANY));
        assertThat(evaluate(page, "texts.slice(1).every(function (text, i) { return text === i + ' é'; }) + ends"))
                .isEqualTo("true[]");
        ask(page, "many bytes", "bytes.length === " + (1 + MANY / 10));
        assertThat(evaluate(page, "bytes.slice(1).every(function (sizes) { return sizes === '200 1'; }) + ends"))
                .isEqualTo("true[]");
        agent.order("closePage", page);
        assertThat(agent.inbox(page).isEmptyOf("pageerror")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("beforeEngine")
    void messagesArrive(String version, String transport) {
        String page = version + " " + transport;
        agent.order("page", page, "url", site.page("/" + version + "/" + transport, oldPage(version, transport)));
        ask(page, "messages", "texts.length === " + (1 + MANY));
        assertThat(evaluate(page, "texts[0].length + texts[0].substr(0, 8) + ends"))
                .isEqualTo(text().length() + text().substring(0, 8) + "[]");
        assertThat(evaluate(page, "texts.slice(1).every(function (text, i) { return text === 'message ' + i; }) + ''"))
                .isEqualTo("true");
        agent.order("closePage", page);
        assertThat(agent.inbox(page).isEmptyOf("pageerror")).isTrue();
    }

    private static void many(Socket socket) {
        for (int i = 0; i < MANY; i++) {
            socket.emit("text", i + " é");
        }
    }

    private static String text() {
        return "é € 😀 x".repeat(LONG / 8);
    }

    private void ask(String page, String message, String until) {
        agent.order("waitFor", page, "script", "window.ready === true");
        evaluate(page, "client.send('" + message + "'); ''");
        agent.order("waitFor", page, "script", "(" + until + ") || ends.length > 0");
    }

    private String evaluate(String page, String script) {
        return agent.order("evaluate", page, "script", script.replace("ends", "JSON.stringify(ends)"))
                .asString();
    }

    private String page(String version, String options) {
        return """
                <!doctype html><meta charset="utf-8"><body>
                <script src="/clients/%s.js"></script>
                <script>
                  window.texts = []; window.bytes = []; window.ends = [];
                  window.onload = function () { setTimeout(function () {
                    window.client = io('http://127.0.0.1:%d', {%s, forceNew: true, reconnection: false});
                    client.on('connect', function () { window.ready = true; });
                    client.on('text', function (text) { texts.push(text); });
                    client.on('bytes', function (a, b) { bytes.push(a.byteLength + ' ' + b.byteLength); });
                    client.on('disconnect', function (reason) { ends.push(reason); });
                  }); };
                </script>
                """.formatted(version, site.port(), options);
    }

    private String oldPage(String version, String transport) {
        String create = version.startsWith("0.6")
                ? "new io.Socket('127.0.0.1', {port: %d, rememberTransport: false, transports: ['%s']})"
                        .formatted(site.port(), transport)
                : "(io.transports = ['" + transport + "'], io.connect())";
        return """
                <!doctype html><meta charset="utf-8"><body>
                <script src="/socket.io/%s/socket.io.js"></script>
                <script>
                  window.texts = []; window.ends = [];
                  window.onload = function () { setTimeout(function () {
                    window.client = %s;
                    client.on('connect', function () { window.ready = true; });
                    client.on('message', function (text) { texts.push(text); });
                    client.on('disconnect', function () { ends.push('disconnect'); });
                    if (client.transports || !client.socket) client.connect();
                  }); };
                </script>
                """.formatted(version, create);
    }
}
