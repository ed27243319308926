package io.everwire.nettysocketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socket.client.Ack;
import io.socket.client.SocketOptionBuilder;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The demo application does the same with netty-socketio and with the façade, for an official client. */
@Tag("once")
class DemoTest {
    private static final String TEXT = "é € 😀 </script> \u2028 \" \\";

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int port;

    @TempDir
    Path folder;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private void start(Library library, byte[] keyStore) throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Map<String, Object> settings = new HashMap<>(Map.of("port", port, "log", log));
        settings.put("keyStore", keyStore);
        Runnable stop = library.start(settings);
        open.add(stop::run);
    }

    private Visitor visitor(String query) {
        return visitor(options -> options.setQuery(query));
    }

    private Visitor visitor(UnaryOperator<SocketOptionBuilder> options) {
        Visitor visitor = Visitor.of("http://localhost:" + port + "/", options);
        open.add(0, visitor);
        return visitor;
    }

    private static JSONObject chat(String name, String message) {
        return new JSONObject(Map.of("userName", name, "message", message, "unknown", 1));
    }

    @ParameterizedTest
    @EnumSource
    void chat(Library library) throws Exception {
        start(library, null);
        // Without an upgrade: the handler names the transport that the client has when it runs.
        Visitor ann = visitor(options -> options.setQuery("city=Paris").setUpgrade(false))
                .listen("chatevent")
                .connect();
        assertThat(Visitor.take(log)).matches("connected Paris polling V4 okhttp/\\S+");
        Visitor bob = visitor("city=Rome").listen("chatevent").connect();
        assertThat(Visitor.take(log)).startsWith("connected Rome");

        ann.emit("chatevent", chat("Ann", TEXT));

        for (Visitor each : List.of(ann, bob)) {
            JSONObject message = (JSONObject) ((List<?>) each.next()).get(0);
            assertThat(message.length()).isEqualTo(2);
            assertThat(message.getString("userName")).isEqualTo("Ann");
            assertThat(message.getString("message")).isEqualTo(TEXT);
        }
        bob.close();
        assertThat(Visitor.take(log)).isEqualTo("disconnected Rome");
    }

    @ParameterizedTest
    @EnumSource
    void acks(Library library) throws Exception {
        start(library, null);
        Visitor ann = visitor("");
        ann.socket().on("ackevent2", args -> ((Ack) args[1]).call("delivered"));
        ann.socket().on("ackevent3", args -> ((Ack) args[1]).call());
        ann.socket().on("ackevent4", args -> ((Ack) args[1]).call("a", 1));
        ann.connect();
        Visitor.take(log);

        assertThat(ann.ask("ackevent1", chat("Ann", "hello")).toString())
                .isEqualTo("[client message was delivered to server!, yeah!]");
        assertThat(List.of(Visitor.take(log), Visitor.take(log), Visitor.take(log), Visitor.take(log)))
                .containsExactlyInAnyOrder("ack delivered", "void ack", "acks a 1 2", "no ack in a second");

        assertThat(ann.ask("automatic", "x")).isEmpty();
        assertThat(Visitor.take(log)).isEqualTo("automatic x");
        ann.socket().emit("failing", new Object[] {"y"}, values -> log.add("unexpected ack"));
        assertThat(Visitor.take(log)).isEqualTo("failure failed with y [y]");
        ann.emit("requested", "no");
        assertThat(Visitor.take(log)).isEqualTo("no false");
        ann.ask("requested", "yes");
        assertThat(Visitor.take(log)).isEqualTo("yes true");
    }

    /** The order of packets on the wire: an ack that a listener sends first arrives first. */
    @ParameterizedTest
    @EnumSource
    void anAckArrivesBeforeLaterEvents(Library library) throws Exception {
        start(library, null);
        Visitor ann = visitor("").listen("ackevent2").connect();
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        ann.socket().on("ackevent2", args -> order.add("event"));

        ann.socket().emit("ackevent1", new Object[] {chat("Ann", "hello")}, values -> order.add("ack"));

        assertThat(List.of(Visitor.take(order), Visitor.take(order))).containsExactly("ack", "event");
    }

    /** netty-socketio 2.0.14 sends one byte too many to clients 3.x and 4.x over WebSocket. */
    @ParameterizedTest
    @EnumSource(names = "EVERWIRE")
    void binaryDataComesBack(Library library) throws Exception {
        start(library, null);
        Visitor ann = visitor("").listen("msg").listen("picture").connect();

        ann.emit("msg", (Object) new byte[] {1, 0, (byte) 0xFF});
        assertThat((byte[]) ((List<?>) ann.next()).get(0)).containsExactly(1, 0, 0xFF);

        List<?> ack = ann.ask("picture", new JSONObject(Map.of("title", TEXT, "bytes", new byte[] {1, 2})));
        assertThat(ack.get(0)).isEqualTo(TEXT);
        assertThat((byte[]) ack.get(1)).containsExactly(2, 2);
        JSONObject picture = (JSONObject) ((List<?>) ann.next()).get(0);
        assertThat(picture.length()).isEqualTo(2);
        assertThat(picture.getString("title")).isEqualTo(TEXT);
        assertThat((byte[]) picture.get("bytes")).containsExactly(2, 2);
    }

    /** The original did not answer in one of several runs. */
    @ParameterizedTest
    @EnumSource(names = "EVERWIRE")
    void binaryDataIsTextInAMap(Library library) throws Exception {
        start(library, null);
        Visitor ann = visitor("").connect();

        assertThat(ann.ask("map", new JSONObject(Map.of("file", new byte[] {1})))
                        .toString())
                .isEqualTo("[String]");
    }

    @ParameterizedTest
    @EnumSource
    void valuesOfAnyType(Library library) throws Exception {
        start(library, null);
        Visitor ann = visitor("").connect();

        assertThat(ann.ask("anything", 7).toString()).isEqualTo("[Integer, 7]");
        assertThat(ann.ask("anything", 1.5).toString()).isEqualTo("[Double, 1.5]");
        assertThat(ann.ask("anything", TEXT)).isEqualTo(List.of("String", TEXT));
        assertThat(ann.ask("anything", true).toString()).isEqualTo("[Boolean, true]");
        assertThat(ann.ask("anything", new JSONArray(List.of(1, "a"))).toString())
                .isEqualTo("[ArrayList, [1,\"a\"]]");
        assertThat(ann.ask("anything", new JSONObject(Map.of("a", 1))).toString())
                .isEqualTo("[LinkedHashMap, {\"a\":1}]");
    }

    @ParameterizedTest
    @EnumSource
    void rooms(Library library) throws Exception {
        start(library, null);
        Visitor ann = visitor("").listen("room").connect();
        Visitor bob = visitor("").listen("room").connect();
        assertThat(ann.ask("join", "a").toString()).isEqualTo("[1, [\"a\"]]");
        assertThat(bob.ask("join", "a").toString()).isEqualTo("[2, [\"a\"]]");
        assertThat(bob.ask("join", "b").toString()).isEqualTo("[1, [\"a\",\"b\"]]");

        ann.emit("room", "a");

        assertThat(ann.next()).isEqualTo(List.of("all"));
        assertThat(ann.next()).isEqualTo(List.of("self"));
        assertThat(bob.next()).isEqualTo(List.of("all"));
        assertThat(bob.next()).isEqualTo(List.of("others"));
        for (Visitor each : List.of(ann, bob)) {
            each.socket().on("question", args -> ((Ack) args[1]).call("me"));
        }
        log.clear();
        ann.emit("ask room", "a");
        assertThat(List.of(Visitor.take(log), Visitor.take(log), Visitor.take(log)))
                .containsExactlyInAnyOrder("answer me", "answer me", "all answered");
        assertThat(ann.ask("leave", "a").toString()).isEqualTo("[1]");
        assertThat(ann.ask("find me", "").toString()).isEqualTo("[true, true, 36]");
        assertThat(ann.hasNothing()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void namespaces(Library library) throws Exception {
        start(library, null);
        Visitor ann = visitor("city=Oslo").connect();
        Visitor first = ann.in("/chat1", Map.of()).listen("message").connect();
        Visitor second = ann.in("/chat2", Map.of()).listen("message").connect();

        first.emit("message", chat("Ann", "hello"));

        JSONObject message = (JSONObject) ((List<?>) first.next()).get(0);
        assertThat(message.getString("message")).isEqualTo("hello in /chat1");
        assertThat(second.ask("city").toString()).isEqualTo("[Oslo, true]");
        assertThat(second.hasNothing()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void authorization(Library library) throws Exception {
        start(library, null);
        Visitor ann = visitor("").connect();
        Visitor inside = ann.in("/guarded", Map.of("secret", "open sesame"))
                .listen("inside")
                .connect();
        assertThat(inside.next().toString()).isEqualTo("[{\"secret\":\"open sesame\"}]");
    }

    /** netty-socketio 2.0.14 sends a packet that the client cannot parse. */
    @ParameterizedTest
    @EnumSource(names = "EVERWIRE")
    void aRejectedTokenIsAnswered(Library library) throws Exception {
        start(library, null);

        assertThat(visitor("").connect().in("/guarded", Map.of("secret", "?")).knock())
                .contains("no entry");
    }

    /** With netty-socketio 2.0.14 the client has no answer after 30 s. */
    @ParameterizedTest
    @EnumSource(names = "EVERWIRE")
    void aRejectedRequestIsAnswered(Library library) throws Exception {
        start(library, null);

        assertThat(visitor("invited=false").knock()).startsWith("rejected ");
    }

    @ParameterizedTest
    @EnumSource
    void annotations(Library library) throws Exception {
        start(library, null);
        Visitor ann = visitor("").connect();
        Visitor.take(log);
        Visitor desk = ann.in("/desk", Map.of()).listen("desk").connect();

        assertThat(desk.next()).isEqualTo(List.of("welcome", "/desk"));
        assertThat(desk.ask("order", "soup", 2).toString()).isEqualTo("[2 times soup]");
        desk.emit("bell");
        assertThat(Visitor.take(log)).isEqualTo("bell");
        desk.emit("broken");
        assertThat(Visitor.take(log)).contains("broken desk");
        desk.close();
        assertThat(Visitor.take(log)).isEqualTo("left the desk, rooms []");
    }

    @ParameterizedTest
    @EnumSource
    void otherCalls(Library library) throws Exception {
        start(library, null);
        Visitor ann = visitor("").listen("packet").listen("disconnect").connect();

        assertThat(ann.ask("many", "a", 2, chat("Ann", "hello")).toString()).isEqualTo("[3, 2, a]");
        assertThat(ann.ask("many", "a").toString()).isEqualTo("[1, null, a]");
        assertThat(ann.ask("intercepted", "x").toString()).isEqualTo("[seen [x]]");
        ann.emit("packet", "p");
        assertThat(ann.next()).isEqualTo(List.of("p", 7));
        assertThat(ann.ask("store", "kept").toString()).isEqualTo("[true, kept, false]");
        ann.emit("leave me", "");
        assertThat(ann.next()).isEqualTo(List.of("io server disconnect"));
    }

    /** With netty-socketio 2.0.14 this client ends with an error over TLS. */
    @ParameterizedTest
    @EnumSource(names = "EVERWIRE")
    void tls(Library library) throws Exception {
        start(library, Certificates.keyStore(folder));
        Visitor ann = Visitor.of("https://localhost:" + port + "/", Certificates::trusting)
                .listen("chatevent")
                .connect();
        open.add(0, ann);

        ann.emit("chatevent", chat("Ann", "secret"));

        assertThat(ann.next().toString()).contains("secret");
    }

    @ParameterizedTest
    @EnumSource
    void thePortIsClosedAfterStop(Library library) throws Exception {
        start(library, null);
        open.remove(0).close();

        assertThatThrownBy(() -> new Socket("localhost", port).close()).isInstanceOf(ConnectException.class);
    }
}
