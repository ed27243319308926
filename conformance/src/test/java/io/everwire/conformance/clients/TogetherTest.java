package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.AckResponses;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.core.CoreServer;
import io.everwire.protocol.generations.Generations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A client of each generation in one room of one server: 0.6.3 in Chromium, 0.9.17, 1.7.4, 2.5.0 and 4.8.4 in Node.
 * {@code docs/generations.md} lists the features of each generation.
 */
class TogetherTest {
    private static final String TEXT = "é € 😀 </script> \u2028 \" \\";
    private static final long TIMEOUT_SECONDS = 60;

    /** The clients since 0.9, by name, in the order of their connections. */
    private static final List<String> NODE = List.of("0.9.17", "1.7.4", "2.5.0", "4.8.4");

    private static final String PAGE = "0.6.3";

    private final Agent agent = new Agent();
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private final Map<String, Socket> sockets = new LinkedHashMap<>();
    private final Probes probes = Probes.on(Generations.ALL);
    private volatile boolean closed;
    private Site site;

    @BeforeEach
    void start() throws Exception {
        ServerOptions options =
                ServerOptions.builder().clientFiles(Site.CLIENTS).build();
        site = new Site(
                CoreServer.create(
                        options, probes.generations(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime())),
                0);
        site.server().use(socket -> {
            if (closed) {
                throw new RefusedException("not today", Map.of("code", 7));
            }
        });
        site.server().onConnection(socket -> {
            socket.join("room");
            joined.add(socket);
        });
        site.server().onDisconnect((socket, reason) -> left.add(reason.toString()));
        site.server().onMessage((socket, message) -> site.server().to("room").send(message));
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        site.close();
    }

    @Test
    void messagesReachAllGenerations() throws Exception {
        allComeIn();
        int said = 0;
        for (Object what : List.of(TEXT, Map.of("a", List.of(1, true, TEXT)))) {
            evaluate("client.send(" + Inbox.json(what) + "); 0");
            heard(++said, what);
            agent.order(what instanceof String ? "send09" : "json09", "0.9.17", "text", what, "value", what);
            heard(++said, what);
            for (String name : NODE.subList(1, NODE.size())) {
                agent.order("emit", name, "event", "message", "args", List.of(what));
                heard(++said, what);
            }
        }
    }

    @Test
    void aBroadcastIsWrittenOnceForEachGeneration() throws Exception {
        allComeIn();
        site.server().to("room").emit("news", TEXT, List.of(1, 2));
        for (String name : NODE) {
            agent.inbox(name).take("news", "[" + Inbox.json(TEXT) + ",[1,2]]");
        }
        heardOnPage(1, Map.of("name", "news", "args", List.of(TEXT, List.of(1, 2))));

        assertThat(probes.written()).isEqualTo(Map.of("gen0", 1, "gen1", 1, "eio3", 1, "eio4", 1));
    }

    @Test
    void binaryArrivesAsBytesOrInTheFormOfItsGeneration() throws Exception {
        allComeIn();
        site.server().to("room").emit("news", TEXT, new byte[] {1, 2, (byte) 0xFF});

        heardOnPage(1, Map.of("name", "news", "args", List.of(TEXT, "AQL/")));
        agent.inbox("0.9.17").take("news", "[" + Inbox.json(TEXT) + ",\"AQL/\"]");
        for (String name : NODE.subList(1, NODE.size())) {
            assertThat(agent.inbox(name).take("news").toString()).contains("[1,2,255]");
        }
        assertThat(probes.written()).isEqualTo(Map.of("gen0", 1, "gen1", 1, "eio3", 1, "eio4", 1));
    }

    @Test
    void allButGen0Answer() throws Exception {
        allComeIn();
        AckResponses<String> answers = site.server()
                .to("room")
                .timeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                .call("ask", String.class, TEXT)
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);

        assertThat(answers.values()).hasSize(4).containsOnly("answer to");
        assertThat(answers.missing()).containsExactly(sockets.get(PAGE).id());
    }

    @Test
    void disconnectedClientsAreNotified() throws Exception {
        allComeIn();
        sockets.values().forEach(Socket::disconnect);

        agent.order("waitFor", PAGE, "script", "window.ended");
        agent.inbox("0.9.17").take("disconnect", "[\"booted\"]");
        for (String name : NODE.subList(1, NODE.size())) {
            agent.inbox(name).take("disconnect", "[\"io server disconnect\"]");
        }
        assertThat(reasons()).containsOnly("server namespace disconnect");
    }

    @Test
    void clientsThatDisconnectNotifyTheServer() throws Exception {
        allComeIn();
        evaluate("client.disconnect(); 0");
        assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("transport close");
        agent.order("disconnect09", "0.9.17");
        assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("client namespace disconnect");
        for (String name : NODE.subList(1, NODE.size())) {
            agent.order("close", name);
            assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("client namespace disconnect");
        }
    }

    @Test
    void rejectedClientsReceiveTheReasonIfTheyCan() throws Exception {
        closed = true;
        openPage();
        open09();
        openBefore3("1.7.4", "polling");
        openBefore3("2.5.0", "websocket");
        agent.order("open", "4.8.4", "url", site.url(""), "options", Map.of("transports", List.of("websocket")));

        // This client has no event for a rejection: the connection ends.
        agent.order("waitFor", PAGE, "script", "window.ended");
        agent.inbox("0.9.17").take("connect_failed", "[\"unauthorized\"]");
        // The data, or the message if no data exists.
        agent.inbox("1.7.4").take("error", "[{\"code\":7}]");
        agent.inbox("2.5.0").take("error", "[{\"code\":7}]");
        agent.inbox("4.8.4").take("connect_error", "[\"not today\",{\"code\":7}]");
        assertThat(joined).isEmpty();
    }

    private void allComeIn() throws Exception {
        openPage();
        came(PAGE, "gen0");
        open09();
        came("0.9.17", "gen1");
        openBefore3("1.7.4", "polling");
        came("1.7.4", "eio3");
        openBefore3("2.5.0", "websocket");
        came("2.5.0", "eio3");
        agent.order("open", "4.8.4", "url", site.url(""), "options", Map.of("transports", List.of("websocket")));
        came("4.8.4", "eio4");
    }

    private void openPage() {
        agent.order("page", PAGE, "url", site.page("/2010", """
                <!doctype html><meta charset="utf-8"><body>
                <script src="/socket.io/0.6.3/socket.io.js"></script>
                <script>
                  window.got = [];
                  var client = new io.Socket('127.0.0.1', {port: %d, transports: ['websocket'], reconnect: false});
                  client.on('message', function (message) { got.push(message); });
                  client.on('disconnect', function () { window.ended = true; });
                  window.onload = function () { setTimeout(function () { client.connect(); }, 0); };
                </script>
                """.formatted(site.port())));
    }

    private void open09() {
        agent.order("open09", "0.9.17", "url", site.url(""), "transports", List.of("websocket"));
    }

    private void openBefore3(String version, String transport) {
        Map<String, Object> options = Map.of("transports", List.of(transport));
        agent.order("openBefore3", version, "version", version, "url", site.url(""), "options", options);
    }

    private void came(String name, String generation) throws InterruptedException {
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).as(name).isNotNull();
        assertThat(socket.handshake().generation()).isEqualTo(generation);
        sockets.put(name, socket);
        if (NODE.contains(name)) {
            agent.inbox(name).take("connect");
        }
    }

    /** Asserts that each client received a message; on the page it has this number. */
    private void heard(int number, Object what) {
        for (String name : NODE) {
            agent.inbox(name).take("message", "[" + Inbox.json(what) + "]");
        }
        heardOnPage(number, what);
    }

    private void heardOnPage(int number, Object what) {
        agent.order("waitFor", PAGE, "script", "window.got.length === " + number);
        assertThat(evaluate("got[" + (number - 1) + "]")).isEqualTo(Inbox.tree(what));
    }

    private Object evaluate(String script) {
        return agent.order("evaluate", PAGE, "script", script);
    }

    private List<String> reasons() throws InterruptedException {
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < sockets.size(); i++) {
            reasons.add(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS));
        }
        return reasons;
    }
}
