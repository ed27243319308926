package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The official client 4.8.4 with socket.io-msgpack-parser, in Node and, as the bundle of the server, in Chromium. It uses each
 * transport, in one room with a client of the default parser.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MsgpackClientTest {
    private static final long TIMEOUT_SECONDS = 60;
    private static final String TEXT = "é € 😀 \u2028 </script>";

    private final Agent agent = new Agent();
    private BlockingQueue<Socket> joined;
    private BlockingQueue<Object> received;
    private BlockingQueue<String> left;
    private Site site;

    record Numbers(int a, int b) {}

    enum Way {
        WEBSOCKET("websocket"),
        POLLING("polling"),
        UPGRADE("polling", "websocket");

        private final List<String> transports;

        Way(String... transports) {
            this.transports = List.of(transports);
        }
    }

    @BeforeEach
    void start() throws Exception {
        // Not the queues of the last test: listeners of its server may still be running.
        BlockingQueue<Socket> newJoined = new LinkedBlockingQueue<>();
        BlockingQueue<Object> newReceived = new LinkedBlockingQueue<>();
        BlockingQueue<String> newLeft = new LinkedBlockingQueue<>();
        joined = newJoined;
        received = newReceived;
        left = newLeft;
        site = new Site(ServerOptions.builder().build());
        site.server().onConnection(socket -> {
            socket.join("room");
            newJoined.add(socket);
        });
        site.server().onDisconnect((socket, reason) -> newLeft.add(reason.toString()));
        site.server().on("tell", Object.class, (socket, value) -> {
            newReceived.add(value);
            socket.broadcast().emit("told", value);
        });
        site.server().onCall("sum", Numbers.class, (socket, numbers) -> numbers.a() + numbers.b());
        site.server().onCall("back", byte[].class, (socket, bytes) -> bytes);
    }

    @AfterEach
    void end() {
        site.close();
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void inNode(Way way) throws Exception {
        String name = "msgpack " + way;
        String other = "default beside " + name;
        Socket socket = open(name, way, "socket.io-msgpack-parser");
        open(other, way, null);

        agent.order("emit", name, "event", "tell", "args", List.of(Map.of("text", TEXT, "n", 1.5)));
        agent.inbox(other).take("told", "[{\"text\":\"" + TEXT + "\",\"n\":1.5}]");
        agent.order("emitBytes", name, "event", "tell", "bytes", List.of(1, 0, 255));
        assertThat(agent.inbox(other).take("told").get(0).toString()).contains("[1,0,255]");
        agent.order("emit", other, "event", "tell", "args", List.of(List.of(TEXT, 9007199254740991L, -0.5)));
        agent.inbox(name).take("told", "[[\"" + TEXT + "\",9007199254740991,-0.5]]");
        agent.order("emitBytes", other, "event", "tell", "bytes", List.of());
        assertThat(agent.inbox(name).take("told").get(0).toString()).contains("[]");

        assertThat(agent.order("call", name, "event", "sum", "args", List.of(Map.of("a", 1, "b", 2)))
                        .asInt())
                .isEqualTo(3);
        assertThat(socket.call("question", String.class, TEXT).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("answer to");
        for (int i = 0; i < 200; i++) {
            site.server().to("room").emit("count", i, new byte[] {(byte) i});
        }
        for (int i = 0; i < 200; i++) {
            assertThat(agent.inbox(name).take("count").get(0).asInt()).isEqualTo(i);
            assertThat(agent.inbox(other).take("count").get(0).asInt()).isEqualTo(i);
        }

        socket.disconnect();
        agent.inbox(name).take("disconnect", "[\"io server disconnect\"]");
        assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("server namespace disconnect");
        Matrix.works("eio4", "4.8.4 (msgpack)", "Node", way.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theServedBundleInChromium(Way way) throws Exception {
        String page = "msgpack page " + way;
        String other = "default beside " + page;
        open(other, way, null);
        agent.order("page", page, "url", site.page("/" + way, html(way)));
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        if (way == Way.UPGRADE) {
            waitFor(page, "client.io.engine.transport.name === 'websocket'");
        }

        evaluate(page, "client.emit('tell', {text: '" + TEXT + "', when: new Date(0), none: undefined}); 0");
        agent.inbox(other).take("told", "[{\"text\":\"" + TEXT + "\",\"when\":\"1970-01-01T00:00:00.000Z\"}]");
        evaluate(page, "client.emit('tell', [new Uint8Array([1, 0, 255]).buffer, new ArrayBuffer(0)]); 0");
        assertThat(agent.inbox(other).take("told").get(0).toString()).contains("[1,0,255]", "[]");
        received.clear();
        agent.order("emitBytes", other, "event", "tell", "bytes", List.of(7, 8));
        waitFor(page, "window.told && String(new Uint8Array(window.told)) === '7,8'");

        evaluate(page, "client.emit('sum', {a: 1, b: 2}, function (n) { window.sum = n; }); 0");
        waitFor(page, "window.sum === 3");
        evaluate(page, "client.emit('back', new Uint8Array([9]).buffer, function (b) { window.back = b; }); 0");
        waitFor(page, "window.back && String(new Uint8Array(window.back)) === '9'");
        assertThat(socket.call("question", String.class, TEXT, new byte[] {5}).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("answer to " + TEXT + " 5");

        socket.disconnect();
        waitFor(page, "window.gone === 'io server disconnect'");
        agent.order("closePage", page);
        assertThat(agent.inbox(page).isEmptyOf("pageerror")).isTrue();
        Matrix.works("eio4", "4.8.4 (msgpack)", "Chromium", way.name().toLowerCase(Locale.ROOT));
    }

    private Socket open(String name, Way way, String parser) throws Exception {
        Map<String, Object> options = new HashMap<>(Map.of("transports", way.transports));
        if (parser != null) {
            options.put("parser", parser);
        }
        agent.order("open", name, "url", site.url(""), "options", options);
        agent.inbox(name).take("connect");
        if (way == Way.UPGRADE) {
            agent.inbox(name).take("upgrade", "[\"websocket\"]");
        }
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        return socket;
    }

    private void evaluate(String page, String script) {
        agent.order("evaluate", page, "script", script);
    }

    private void waitFor(String page, String script) {
        agent.order("waitFor", page, "script", script);
    }

    private static String html(Way way) {
        String transports = Arrays.toString(
                way.transports.stream().map(one -> "'" + one + "'").toArray());
        return "<!doctype html><meta charset=utf-8><script src=/socket.io/socket.io.msgpack.min.js></script><script>"
                + "var client = io({transports: " + transports + ", reconnection: false});"
                + "client.on('told', function (value) { window.told = value; });"
                + "client.on('question', function (text, bytes, answer) {"
                + " answer('answer to ' + text + ' ' + new Uint8Array(bytes)[0]); });"
                + "client.on('disconnect', function (reason) { window.gone = reason; });"
                + "</script>";
    }
}
