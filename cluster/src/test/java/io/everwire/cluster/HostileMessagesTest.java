package io.everwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.AckResponses;
import io.everwire.LimitOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.SocketCount;
import io.everwire.cluster.Subscription.Kind;
import io.everwire.protocol.Bytes;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestEvent;
import io.everwire.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Messages of somebody who can publish on the channels, of servers with defects, and names that have a meaning in patterns. After each of
 * them the servers still hear each other.
 */
@Timeout(60)
class HostileMessagesTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    /** The modes that differ in their channels or messages. */
    enum Mode {
        CLASSIC(ClusterOptions.builder()),
        EXACT(ClusterOptions.builder().exactSubscriptions(true)),
        STATIC(ClusterOptions.builder().sharded(SubscriptionMode.STATIC)),
        DYNAMIC(ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC)),
        DYNAMIC_PRIVATE(ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC_PRIVATE));

        private final ClusterOptions options;

        Mode(ClusterOptions.Builder options) {
            this.options = options.maxMessageBytes(1 << 20).build();
        }

        private Kind kind() {
            return options.sharded() ? Kind.SHARD : Kind.CHANNEL;
        }

        /** Returns the channel of requests in the root namespace. */
        private String requests() {
            return options.sharded() ? "socket.io#/#" : "socket.io-request#/#";
        }

        /** Returns all channels that every server hears. */
        private List<String> channels() {
            return options.sharded()
                    ? List.of("socket.io#/#", "socket.io-everwire#")
                    : List.of("socket.io#/#", "socket.io-request#/#", "socket.io-response#/#", "socket.io-everwire#");
        }

        /** Returns the request to join rooms, of a server with this id. */
        private String join(String uid, String room) {
            String rooms = "\"opts\":{\"rooms\":[],\"except\":[]},\"rooms\":[\"" + room + "\"]";
            return options.sharded()
                    ? "{\"type\":4,\"data\":{" + rooms + "},\"uid\":\"" + uid + "\",\"nsp\":\"/\"}"
                    : "{\"uid\":\"" + uid + "\",\"type\":2," + rooms + "}";
        }
    }

    private final MemoryBus bus = new MemoryBus();
    private final List<TestServer> servers = new ArrayList<>();
    private final List<TestClient> clients = new ArrayList<>();
    private int events;

    private void start(Mode mode) {
        for (int i = 0; i < 2; i++) {
            TestServer server = TestServer.create(ServerOptions.builder()
                    .adapter(new ClusterAdapters(mode.options, bus.line()))
                    .limits(LimitOptions.builder().maxRoomsPerSocket(20).build())
                    .build());
            server.server().onServerSideCall("ask", arguments -> "answer");
            servers.add(server);
            clients.add(server.connect());
        }
        bus.settle();
    }

    @AfterEach
    void close() {
        servers.forEach(TestServer::close);
        assertThat(bus.subscriptions()).isEmpty();
    }

    private void publish(Mode mode, String channel, Bytes message) {
        bus.publish(mode.kind(), channel, message);
        bus.settle();
    }

    private void everywhere(Mode mode, Bytes message) {
        mode.channels().forEach(channel -> publish(mode, channel, message));
    }

    /** Checks that both servers hear each other, and that clients receive nothing else. */
    private void hearEachOther() {
        for (int sender = 0; sender < 2; sender++) {
            TestEvent event = TestEvent.of("check", events++);
            servers.get(sender).server().emit(event.name(), event.args().get(0));
            bus.settle();
            for (TestClient client : clients) {
                assertThat(client.connected()).isTrue();
                assertThat(client.received()).last().isEqualTo(event);
            }
        }
    }

    private long dropped(int server) {
        return servers.get(server).server().clusterState().dropped();
    }

    /** Sockets have limits, which another server does not know. */
    @ParameterizedTest
    @EnumSource
    void aRoomBeyondALimitDoesNotStopTheReader(Mode mode) {
        start(mode);
        publish(mode, mode.requests(), Bytes.utf8(mode.join("other1", "x".repeat(100_000))));

        assertThat(dropped(0)).isEqualTo(1);
        hearEachOther();
    }

    /** One socket has as many rooms as it may; the others join. */
    @ParameterizedTest
    @EnumSource
    void aSocketBeyondALimitKeepsNoOtherFromJoining(Mode mode) {
        start(mode);
        for (int i = 0; i < 19; i++) {
            servers.get(0).server().sockets().get(clients.get(0).id()).join("r" + i);
        }
        TestClient second = servers.get(0).connect();
        TestClient third = servers.get(0).connect();
        publish(mode, mode.requests(), Bytes.utf8(mode.join("other1", "one more")));

        assertThat(servers.get(0).server().sockets().get(second.id()).rooms()).contains("one more");
        assertThat(servers.get(0).server().sockets().get(third.id()).rooms()).contains("one more");
        assertThat(dropped(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void deepMessagesAreDropped(Mode mode) {
        start(mode);
        int depth = 200_000;
        byte[] arrays = new byte[depth];
        Arrays.fill(arrays, (byte) 0x91);
        everywhere(mode, Bytes.of(arrays));
        byte[] maps = new byte[2 * depth];
        for (int i = 0; i < maps.length; i += 2) {
            maps[i] = (byte) 0x81;
            maps[i + 1] = (byte) 0xA0;
        }
        everywhere(mode, Bytes.of(maps));
        everywhere(mode, Bytes.utf8("{\"type\":" + "[".repeat(depth) + "]".repeat(depth) + "}"));
        everywhere(mode, Bytes.utf8("{\"type\":".repeat(depth) + "1" + "}".repeat(depth)));

        assertThat(dropped(0)).isEqualTo(4L * mode.channels().size());
        hearEachOther();
    }

    /** Each begins a value of 2 to 4 thousand million bytes or elements that do not follow. */
    @ParameterizedTest
    @EnumSource
    void lengthsThatAreNotTrueAreDropped(Mode mode) {
        start(mode);
        int messages = 0;
        for (int prefix : new int[] {0xC6, 0xC9, 0xDB, 0xDD, 0xDF}) {
            for (int first : new int[] {0x7F, 0x80, 0xFF}) {
                everywhere(mode, Bytes.of(new byte[] {(byte) prefix, (byte) first, -1, -1, -1, 1, 2, 3}));
                // In a broadcast: [uid, packet, options]
                everywhere(mode, Bytes.of(new byte[] {(byte) 0x93, (byte) prefix, (byte) first, -1, -1, -1, 1, 2}));
                messages += 2;
            }
        }

        assertThat(dropped(0)).isEqualTo((long) messages * mode.channels().size());
        hearEachOther();
    }

    @ParameterizedTest
    @EnumSource
    void messagesBeyondALimitAreDropped(Mode mode) {
        start(mode);
        String rooms = "\"r\",".repeat(200_000) + "\"r\"";
        everywhere(mode, Bytes.utf8("{\"type\":2,\"uid\":\"" + "x".repeat(1 << 20) + "\"}"));
        publish(mode, mode.requests(), Bytes.utf8(mode.join("other1", "r\"," + rooms + ",\"r")));
        StringBuilder members = new StringBuilder("{\"type\":2");
        for (int i = 0; i < 1_000; i++) {
            members.append(",\"").append(i).append("\":1");
        }
        long before = dropped(0);
        publish(mode, mode.requests(), Bytes.utf8(members.append('}').toString()));

        // Of one room, many times, no message has too many.
        assertThat(before).isEqualTo(mode.channels().size());
        assertThat(dropped(0)).isEqualTo(before + 1);
        hearEachOther();
    }

    @ParameterizedTest
    @EnumSource
    void unknownTypesAreIgnored(Mode mode) {
        start(mode);
        List<String> types = new ArrayList<>(List.of(
                "-1",
                "14",
                "99",
                "256",
                "2147483648",
                "4294967296",
                "999999999999999999999",
                "1.5",
                "1e3",
                "null",
                "true",
                "\"\"",
                "\"5\"",
                "[]",
                "{}"));
        for (String type : types) {
            for (String channel : mode.channels()) {
                publish(
                        mode,
                        channel,
                        Bytes.utf8("{\"type\":" + type + ",\"data\":{},\"uid\":\"other1\",\"requestId\":\"x\","
                                + "\"nsp\":\"/\"}"));
                publish(
                        mode,
                        channel,
                        Bytes.utf8("{\"requestid\":\"x\",\"type\":" + type + ",\"sid\":\"a\",\"room\":\"r\"}"));
            }
        }

        assertThat(clients).allSatisfy(client -> assertThat(client.received()).isEmpty());
        hearEachOther();
    }

    @ParameterizedTest
    @EnumSource
    void idsOfAnyLengthAreAnswered(Mode mode) {
        start(mode);
        for (String uid :
                List.of("", "a", "x".repeat(6), "x".repeat(16), "x".repeat(64), "x".repeat(256), "\u20ac#*")) {
            publish(mode, mode.requests(), Bytes.utf8(fetch(mode, uid, uid)));
        }
        assertThat(bus.delivered()).isNotEmpty();
        assertThat(dropped(0)).isZero();
        publish(mode, mode.requests(), Bytes.utf8(fetch(mode, "x".repeat(257), "id")));
        publish(mode, mode.requests(), Bytes.utf8(fetch(mode, "other1", "x".repeat(257))));

        assertThat(dropped(0)).isEqualTo(2);
        // No server is known by an id that is longer than any real one.
        assertThat(servers.get(0).server().clusterState().others())
                .extracting(ClusterServer::id)
                .allMatch(id -> id.length() <= 64);
        hearEachOther();
    }

    private static String fetch(Mode mode, String uid, String requestId) {
        String request = "\"requestId\":\"" + requestId + "\",\"opts\":{\"rooms\":[],\"except\":[]}";
        return mode.options.sharded()
                ? "{\"type\":7,\"data\":{" + request + "},\"uid\":\"" + uid + "\",\"nsp\":\"/\"}"
                : "{\"uid\":\"" + uid + "\",\"type\":5," + request + "}";
    }

    /** A server announces acks that never come: the call ends at its timeout. */
    @ParameterizedTest
    @EnumSource
    void announcedAcksThatNeverComeEndWithTheTimeout(Mode mode) {
        start(mode);
        CompletableFuture<AckResponses<String>> call =
                server(0).timeout(Duration.ofSeconds(1)).call("ask", String.class);
        String requestId = requestId(mode);
        for (String count : List.of("2147483647", "99999999999", "-5", "1e9", "null")) {
            respond(mode, requestId, mode.options.sharded() ? 11 : 8, "\"clientCount\":" + count);
        }
        bus.settle();
        clients.forEach(client -> client.ack(client.received().get(0), "here"));
        pass(LONG);

        assertThat(call).isCompleted();
        assertThat(call.join().values()).containsExactly("here", "here");
        assertThat(call.join().complete()).isFalse();
        hearEachOther();
    }

    /** More servers answer than there are: each answer without a sender counts, but the request ends once. */
    @ParameterizedTest
    @EnumSource
    void answersWithoutEndAreTakenOnce(Mode mode) {
        start(mode);
        CompletableFuture<?> fetched = server(0).fetchAvailableSockets();
        String requestId = requestId(mode);
        for (int i = 0; i < 1_000; i++) {
            respond(mode, requestId, mode.options.sharded() ? 8 : 5, "\"sockets\":[]");
        }
        bus.settle();
        assertThat(fetched).isCompleted();
        hearEachOther();
    }

    private String requestId(Mode mode) {
        Pattern id = Pattern.compile("\"requestId\":\"([^\"]+)\"");
        int before = bus.delivered().size();
        bus.settle();
        return bus.delivered().stream()
                .skip(before)
                .filter(delivery -> delivery.channel().equals(mode.requests()))
                .map(delivery -> id.matcher(delivery.message().toString()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private void respond(Mode mode, String requestId, int type, String member) {
        String content = "\"requestId\":\"" + requestId + "\"," + member;
        if (mode.options.sharded()) {
            // On the channel that all servers hear.
            bus.publish(
                    Kind.SHARD,
                    "socket.io#/#",
                    Bytes.utf8("{\"type\":" + type + ",\"data\":{" + content + "},\"nsp\":\"/\"}"));
        } else {
            bus.publish(Kind.CHANNEL, "socket.io-response#/#", Bytes.utf8("{\"type\":" + type + "," + content + "}"));
        }
    }

    /** Characters of glob patterns, the separator of channels, and texts that UTF-8 cannot carry. */
    @ParameterizedTest
    @EnumSource
    void namesOfRoomsArePlainTexts(Mode mode) {
        start(mode);
        List<String> names = List.of(
                "a*",
                "a?",
                "ab",
                "[ab]",
                "[^a]",
                "a\\",
                "\\a*",
                "*",
                "?",
                "#",
                "a#b",
                "##",
                " ",
                "a\nb",
                "\u0000",
                "\ud800",
                "\ud83d\ude00",
                "?".repeat(20),
                "x".repeat(20),
                "everwire");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            TestClient client = clients.get(1);
            socket(client).joinAsync(name);
            bus.settle();
            for (int j = 0; j < names.size(); j++) {
                server(0).to(names.get(j)).emit("news", j);
                server(0).to(names.get(j)).emit("bytes", j, new byte[] {1});
            }
            bus.settle();
            List<TestEvent> expected = new ArrayList<>();
            // A message in msgpack carries UTF-8 only: binary data, and every broadcast of the classic modes.
            boolean utf8 = !name.equals("\ud800");
            if (utf8 || mode.options.sharded()) {
                expected.add(TestEvent.of("news", i));
            }
            if (utf8) {
                expected.add(TestEvent.of("bytes", i, new byte[] {1}));
            }
            assertThat(client.received())
                    .as(name)
                    .filteredOn(event -> !event.name().equals("check"))
                    .isEqualTo(expected);
            socket(client).leave(name);
            clients.set(1, servers.get(1).connect());
        }
        hearEachOther();
    }

    private Socket socket(TestClient client) {
        return servers.stream()
                .map(server -> server.server().sockets().get(client.id()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    /** A client may choose the name of a dynamic namespace. */
    @ParameterizedTest
    @EnumSource
    void namesOfNamespacesArePlainTexts(Mode mode) {
        start(mode);
        List<String> names = List.of("/a*", "/ab", "/[ab]", "/a\\", "/#", "/#x", "/a#b", "/*");
        List<TestClient> receivers = new ArrayList<>();
        for (TestServer server : servers) {
            server.server().of(Pattern.compile("/.+"));
        }
        for (String name : names) {
            servers.get(0).connect(name);
            receivers.add(servers.get(1).connect(name));
        }
        bus.settle();
        for (String name : names) {
            server(0).of(name).emit("news", name);
            server(0).of(name).to("x").emit("room", name);
        }
        server(0).to("x").emit("room", "/");
        bus.settle();

        for (int i = 0; i < names.size(); i++) {
            assertThat(receivers.get(i).received()).containsExactly(TestEvent.of("news", names.get(i)));
        }
        hearEachOther();
    }

    /** Somebody invents servers that announce a heartbeat once in a thousand years. */
    @ParameterizedTest
    @EnumSource
    void inventedServersAreForgotten(Mode mode) {
        start(mode);
        for (int i = 0; i < 2_000; i++) {
            publish(
                    mode,
                    "socket.io-everwire#",
                    Bytes.utf8(
                            "{\"type\":\"beat\",\"uid\":\"invented " + i
                                    + "\",\"number\":1,\"time\":1,\"interval\":99999999999999999,\"version\":\"\",\"mode\":\"\"}"));
        }
        assertThat(server(0).clusterState().others()).hasSizeBetween(999, 1_000);
        for (int i = 0; i < 15; i++) {
            pass(Duration.ofSeconds(5));
        }

        assertThat(server(0).clusterState().others()).hasSize(1);
        assertThat(server(0).clusterState().servers()).isEqualTo(2);
        hearEachOther();
    }

    /** The numbers of sockets that nobody asked for, and those of servers that do not exist, take no memory and no part. */
    @ParameterizedTest
    @EnumSource
    void inventedCountsDoNotCount(Mode mode) {
        start(mode);
        clients.forEach(client -> socket(client).join("r"));
        bus.settle();
        CompletableFuture<SocketCount> first = server(0).in("r").countSockets();
        bus.settle();
        assertThat(first.join()).isEqualTo(new SocketCount(2, 0));
        for (int i = 0; i < 1_000; i++) {
            publish(
                    mode,
                    "socket.io-everwire#",
                    Bytes.utf8("{\"type\":\"counts\",\"uid\":\"invented " + i
                            + "\",\"nsp\":\"/\",\"counts\":[[\"r\",1000]]}"));
        }
        CompletableFuture<SocketCount> second = server(0).in("r").countSockets();
        bus.settle();
        assertThat(second.join()).isEqualTo(new SocketCount(2, 0));
    }

    /** The name of a room that another server counts is answered, and remembered only if it is short. */
    @ParameterizedTest
    @EnumSource
    void longNamesAreNotRemembered(Mode mode) {
        start(mode);
        String name = "x".repeat(5_000);
        String watch = "{\"type\":\"watch\",\"uid\":\"other1\",\"nsp\":\"/\",\"rooms\":[\"" + name + "\",\"r\"]}";
        publish(mode, "socket.io-everwire#", Bytes.utf8(watch));
        assertThat(told(name)).isEqualTo(told("r")).isPositive();
        clients.forEach(client -> socket(client).join("r"));
        long before = told(name);
        pass(Duration.ofSeconds(2));

        assertThat(told(name)).isEqualTo(before);
        assertThat(told("r")).isGreaterThan(before);
    }

    private long told(String room) {
        return bus.delivered().stream()
                .map(delivery -> delivery.message().toString())
                .filter(text -> text.startsWith("{\"type\":\"counts\"") && text.contains("\"" + room + "\""))
                .count();
    }

    /** A broadcast whose acks have a thousand years. */
    @ParameterizedTest
    @EnumSource
    void aCallWithoutEndEnds(Mode mode) {
        start(mode);
        String call = "\"requestId\":\"abcdef\",\"packet\":{\"type\":2,\"data\":[\"ask\"],\"nsp\":\"/\"},"
                + "\"opts\":{\"rooms\":[],\"except\":[],\"flags\":{\"timeout\":99999999999999999}}";
        Wire wire = mode.options.sharded()
                ? new ShardedWire(mode.options, "/", "myself")
                : new ClassicWire(mode.options, "/", "myself");
        String message = mode.options.sharded()
                ? "{\"type\":3,\"data\":{" + call + "},\"uid\":\"other1\",\"nsp\":\"/\"}"
                : "{\"uid\":\"other1\",\"type\":7," + call + "}";
        Wire.Received received = wire.decode(mode.requests(), Bytes.utf8(message));

        assertThat(received).isNotNull();
        assertThat(((ClusterMessage.BroadcastCall) received.message()).timeoutMillis())
                .isEqualTo(Duration.ofDays(1).toMillis());
        publish(mode, mode.requests(), Bytes.utf8(message));
        assertThat(clients.get(0).received()).containsExactly(TestEvent.of("ask"));
        hearEachOther();
    }

    /** Binary data that is at several places of a message, at none, or at a place that does not exist. */
    @ParameterizedTest
    @EnumSource
    void placeholdersAreData(Mode mode) {
        start(mode);
        for (String value : List.of(
                "{\"_placeholder\":true,\"num\":0}",
                "{\"_placeholder\":true,\"num\":99999}",
                "{\"_placeholder\":true,\"num\":-1}",
                "{\"_placeholder\":true}")) {
            String packet = "{\"type\":2,\"data\":[\"news\"," + value + "],\"nsp\":\"/\"}";
            publish(
                    mode,
                    mode.requests(),
                    Bytes.utf8("{\"type\":3,\"data\":{\"packet\":" + packet + ",\"opts\":{\"rooms\":[],\"except\":[]}},"
                            + "\"uid\":\"other1\",\"nsp\":\"/\"}"));
        }
        // [uid, {type: 2, data: [placeholder, bytes]}, {}]: it looks like binary data beside real binary data.
        ByteArrayOutputStream broadcast = new ByteArrayOutputStream();
        broadcast.writeBytes(new byte[] {(byte) 0x93, (byte) 0xA1, 'o', (byte) 0x82});
        text(broadcast, "type");
        broadcast.write(2);
        text(broadcast, "data");
        broadcast.write(0x93);
        text(broadcast, "news");
        broadcast.write(0x82);
        text(broadcast, "_placeholder");
        broadcast.write(0xC3);
        text(broadcast, "num");
        broadcast.write(0);
        broadcast.writeBytes(new byte[] {(byte) 0xC4, 2, 1, 2, (byte) 0x80});
        publish(mode, "socket.io#/#", Bytes.of(broadcast.toByteArray()));

        hearEachOther();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(0xA0 | bytes.length);
        out.writeBytes(bytes);
    }

    private SocketIoServer server(int index) {
        return servers.get(index).server();
    }

    private void pass(Duration duration) {
        bus.settle();
        servers.forEach(server -> server.advance(duration));
        bus.settle();
    }
}
