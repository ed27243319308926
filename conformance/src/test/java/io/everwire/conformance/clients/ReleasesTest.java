package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Releases of the official clients that no other test uses: one small conversation over each transport.
 *
 * <p>It has a message, its echo and the receipt for that, an ack in both directions, and the end by the client. Releases up to 0.9 run in
 * Chromium, those since 1.4 in Node; releases between need native modules in Node.
 */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleasesTest {
    /** All releases of npm before 0.9.17 except prereleases. */
    static final List<String> BEFORE_1 = List.of(
            "0.7.0", "0.7.1", "0.7.2", "0.7.3", "0.7.4", "0.7.5", "0.7.9", "0.7.10", "0.7.11", //
            "0.8.0", "0.8.1", "0.8.2", "0.8.3", "0.8.4", "0.8.5", "0.8.6", "0.8.7", //
            "0.9.0", "0.9.1", "0.9.2", "0.9.3", "0.9.4", "0.9.5", "0.9.6", "0.9.7", "0.9.8", "0.9.9", "0.9.10", //
            "0.9.11", "0.9.15", "0.9.16");

    /** The last release of each minor version that no other test uses. */
    private static final List<String> IN_NODE = List.of(
            "1.5.1", "1.6.0", "2.1.1", "2.2.0", "2.3.1", "2.4.0", "3.0.5", "4.1.3", "4.2.0", "4.3.2", "4.5.4", "4.6.2",
            "4.7.5");

    private static final String TEXT = "é € 😀";

    private final Agent agent = new Agent();
    private Site site;

    static Stream<Arguments> inNode() {
        return IN_NODE.stream()
                .flatMap(version -> Stream.of("polling", "websocket").map(way -> Arguments.of(version, way)));
    }

    @BeforeAll
    void start() throws Exception {
        site = new Site(ServerOptions.builder().scriptTransports(true).build());
        // C3: the client confirms a message by itself; those since 1.0 leave it to the listener of the page.
        site.server()
                .onMessage((socket, message) ->
                        socket.call("message", Object.class, message).thenRun(() -> socket.emit("confirmed")));
        site.server().onCall("sum", int.class, int.class, (socket, a, b) -> a + b);
        site.server()
                .on(
                        "question",
                        socket -> socket.call("ask", Object.class, TEXT)
                                .thenAccept(answer -> socket.emit("answered", answer)));
        for (String version : BEFORE_1) {
            Path bundle = Agent.ROOT.resolve(
                    "conformance/js/node_modules/socket.io-client-" + version + "/dist/socket.io.js");
            site.page("/clients/" + version + ".js", Files.readString(bundle));
        }
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        site.close();
    }

    @ParameterizedTest
    @FieldSource("BEFORE_1")
    void inChromium(String version) {
        agent.order("page", version, "url", site.page("/" + version, page(version)));
        agent.order("waitFor", version, "script", "window.left === 0 || window.failed.length > 0");
        assertThat(agent.order("evaluate", version, "script", "JSON.stringify([done, failed])")
                        .asString())
                .isEqualTo("[[\"websocket\",\"xhr-polling\",\"jsonp-polling\"],[]]");
        agent.order("closePage", version);
        assertThat(agent.inbox(version).isEmptyOf("pageerror")).isTrue();
        Stream.of("websocket", "xhr-polling", "jsonp-polling")
                .forEach(transport -> Matrix.works("gen1", version, "Chromium", transport));
    }

    /** Returns a page that talks over one transport after the other. */
    private String page(String version) {
        return """
                <!doctype html><meta charset="utf-8"><body>
                <script src="/clients/%s.js"></script>
                <script>
                  var transports = ['websocket', 'xhr-polling', 'jsonp-polling'];
                  window.done = []; window.failed = []; window.left = transports.length;
                  function talk() {
                    if (left === 0) return;
                    var transport = transports[transports.length - left];
                    // The client merges an option "transports" into this list, element by element.
                    io.transports = [transport];
                    var client = io.connect('http://127.0.0.1:%d', {'force new connection': true, reconnect: false});
                    function fail(what) { return function (why) { failed.push(transport + ': ' + what + ' ' + why); }; }
                    client.on('connect_failed', fail('connect_failed'));
                    client.on('error', fail('error'));
                    client.on('connect', function () { client.send('%s'); });
                    client.on('message', function (text) {
                      if (text !== '%s') failed.push(transport + ': ' + text);
                    });
                    client.on('confirmed', function () {
                      client.emit('sum', 1, 2, function (sum) {
                        if (sum !== 3) failed.push(transport + ': ' + sum);
                        client.emit('question');
                      });
                    });
                    client.on('ask', function (text, answer) { answer('answer to ' + text); });
                    client.on('answered', function (text) {
                      if (text !== 'answer to %s') failed.push(transport + ': ' + text);
                      done.push(transport);
                      left--;
                      client.disconnect();
                      setTimeout(talk);
                    });
                  }
                  // Not earlier: the pending script of a JSON-P poll keeps the page loading.
                  window.onload = function () { setTimeout(talk); };
                </script>
                """.formatted(version, site.port(), TEXT, TEXT, TEXT);
    }

    @ParameterizedTest
    @MethodSource("inNode")
    void inNode(String version, String transport) {
        String name = version + " " + transport;
        agent.order(
                "openBefore3",
                name,
                "version",
                version,
                "url",
                site.url(""),
                "options",
                Map.of("transports", List.of(transport)));
        agent.inbox(name).take("connect");
        agent.order("emit", name, "event", "message", "args", List.of(TEXT));
        agent.inbox(name).take("message", "[\"" + TEXT + "\"]");
        assertThat(agent.order("callBefore3", name, "event", "sum", "args", List.of(1, 2))
                        .asInt())
                .isEqualTo(3);
        agent.order("close", name);
        String generation = version.startsWith("1") || version.startsWith("2") ? "eio3" : "eio4";
        Matrix.works(generation, version, "Node", transport);
    }
}
