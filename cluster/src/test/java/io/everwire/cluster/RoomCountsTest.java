package io.everwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.adapter.SocketCount;
import io.everwire.protocol.Bytes;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers of sockets in rooms, on three Java servers and a Node server. */
class RoomCountsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MemoryBus bus = new MemoryBus();
    private final List<MemoryBus.MemoryLine> lines = new ArrayList<>();
    private final List<TestServer> servers = new ArrayList<>();
    private final List<TestClient> clients = new ArrayList<>();

    static List<ClusterOptions> modes() {
        return List.of(
                ClusterOptions.DEFAULTS,
                ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC).build());
    }

    private void start(ClusterOptions options) {
        for (int i = 0; i < 3; i++) {
            MemoryBus.MemoryLine line = bus.line();
            TestServer server = TestServer.create(ServerOptions.builder()
                    .adapter(new ClusterAdapters(options, line))
                    .build());
            lines.add(line);
            servers.add(server);
            clients.add(server.connect());
        }
        bus.settle();
    }

    @AfterEach
    void close() {
        servers.forEach(TestServer::close);
    }

    private void join(int server, String room) {
        servers.get(server).server().sockets().get(clients.get(server).id()).join(room);
    }

    private SocketCount count(String room) {
        CompletableFuture<SocketCount> count = servers.get(0).server().in(room).countSockets();
        bus.settle();
        return count.join();
    }

    private void pass(Duration duration) {
        servers.forEach(server -> server.advance(duration));
        bus.settle();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void laterCountsCostNoMessage(ClusterOptions options) {
        start(options);
        join(1, "r");
        assertThat(count("r")).isEqualTo(new SocketCount(1, 0));

        int before = bus.delivered().size();
        join(0, "r");
        CompletableFuture<SocketCount> count = servers.get(0).server().in("r").countSockets();
        assertThat(count).isCompletedWithValue(new SocketCount(2, 0));
        assertThat(bus.delivered()).hasSize(before);

        join(2, "r");
        pass(SECOND);
        assertThat(servers.get(0).server().in("r").countSockets()).isCompletedWithValue(new SocketCount(3, 0));
        clients.get(1).disconnect();
        pass(SECOND);
        assertThat(servers.get(0).server().in("r").countSockets()).isCompletedWithValue(new SocketCount(2, 0));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void allSocketsAndOtherChoicesAreCounted(ClusterOptions options) {
        start(options);
        join(0, "a");
        join(1, "a");
        join(1, "b");
        join(2, "b");
        CompletableFuture<SocketCount> all = servers.get(0).server().countSockets();
        CompletableFuture<SocketCount> local =
                servers.get(0).server().local().in("a").countSockets();
        CompletableFuture<SocketCount> union =
                servers.get(0).server().in("a", "b").countSockets();
        CompletableFuture<SocketCount> without =
                servers.get(0).server().in("a").except("b").countSockets();
        CompletableFuture<SocketCount> elsewhere =
                servers.get(0).server().of("/other").countSockets();
        bus.settle();

        assertThat(all).isCompletedWithValue(new SocketCount(3, 0));
        assertThat(local).isCompletedWithValue(new SocketCount(1, 0));
        assertThat(union).isCompletedWithValue(new SocketCount(3, 0));
        assertThat(without).isCompletedWithValue(new SocketCount(1, 0));
        assertThat(elsewhere).isCompletedWithValue(new SocketCount(0, 0));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aServerThatEndsOrComesIsCounted(ClusterOptions options) {
        start(options);
        join(1, "r");
        join(2, "r");
        assertThat(count("r")).isEqualTo(new SocketCount(2, 0));
        servers.get(2).close();
        bus.settle();
        assertThat(count("r")).isEqualTo(new SocketCount(1, 0));

        TestServer late = TestServer.create(ServerOptions.builder()
                .adapter(new ClusterAdapters(options, bus.line()))
                .build());
        servers.add(late);
        bus.settle();
        TestClient client = late.connect();
        late.server().sockets().get(client.id()).join("r");
        pass(SECOND);
        assertThat(count("r")).isEqualTo(new SocketCount(2, 0));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aSilentServerIsMissing(ClusterOptions options) {
        start(options);
        join(1, "r");
        MemoryBus.MemoryLine silent = lines.get(2);
        bus.copies(delivery -> delivery.to() == silent ? 0 : 1);
        CompletableFuture<SocketCount> count = servers.get(0).server().in("r").countSockets();
        bus.settle();
        assertThat(count).isNotDone();
        servers.get(0).advance(Duration.ofSeconds(5));
        assertThat(count).isCompletedWithValue(new SocketCount(1, 1));
        // Nobody waits for it again.
        assertThat(servers.get(0).server().in("r").countSockets()).isCompletedWithValue(new SocketCount(1, 1));

        bus.copies(delivery -> 1);
        for (int i = 0; i < 20; i++) {
            pass(SECOND);
        }
        assertThat(count("r")).isEqualTo(new SocketCount(1, 0));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aServerWithoutALineCountsItsOwn(ClusterOptions options) {
        start(options);
        join(0, "r");
        lines.get(0).connected(false);

        assertThat(servers.get(0).server().in("r").countSockets()).isCompletedWithValue(new SocketCount(1, 2));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aLostChangeIsRepaired(ClusterOptions options) {
        start(options);
        assertThat(count("r")).isEqualTo(new SocketCount(0, 0));
        join(1, "r");
        bus.copies(delivery -> 0);
        pass(SECOND);
        bus.copies(delivery -> 1);
        for (int i = 0; i < 25; i++) {
            pass(SECOND);
            assertThat(count("r").missing()).isZero();
        }
        assertThat(count("r")).isEqualTo(new SocketCount(1, 0));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void roomsThatNobodyCountsAreForgotten(ClusterOptions options) {
        start(options);
        count("r");
        for (int i = 0; i < 130; i++) {
            pass(SECOND);
        }
        int before = bus.delivered().size();
        join(1, "r");
        servers.forEach(server -> server.advance(SECOND));
        bus.settle();
        assertThat(bus.delivered().subList(before, bus.delivered().size()))
                .noneMatch(delivery -> delivery.message().toString().contains("counts"));
        assertThat(count("r")).isEqualTo(new SocketCount(1, 0));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void beyondTheLimitRoomsAreAskedForAgain(ClusterOptions options) {
        start(options.toBuilder().maxCountedRooms(10).build());
        for (int i = 0; i < 50; i++) {
            assertThat(count("room " + i)).isEqualTo(new SocketCount(0, 0));
        }
        join(1, "room 3");
        assertThat(count("room 3")).isEqualTo(new SocketCount(1, 0));
        join(2, "room 3");
        for (int i = 0; i < 25; i++) {
            pass(SECOND);
            assertThat(count("room 3").missing()).isZero();
        }
        assertThat(count("room 3")).isEqualTo(new SocketCount(2, 0));
    }

    /** Node servers are asked together, and not more often than the interval. Java servers do not answer for them. */
    @ParameterizedTest
    @MethodSource("modes")
    void nodeServersAreAsked(ClusterOptions options) {
        start(options);
        join(1, "r");
        Wire wire = options.sharded() ? new ShardedWire(options, "/", "x") : new ClassicWire(options, "/", "x");
        MemoryBus.MemoryLine node = bus.line();
        node.subscribe(wire.everyServer());
        pass(Duration.ofSeconds(5));
        CompletableFuture<SocketCount> count = servers.get(0).server().in("r").countSockets();
        CompletableFuture<SocketCount> same = servers.get(0).server().in("r").countSockets();
        bus.settle();
        List<MemoryBus.Delivery> asked = bus.delivered().stream()
                .filter(delivery ->
                        delivery.to() == node && delivery.message().toString().contains("everwire"))
                .toList();
        assertThat(asked).hasSize(1);
        assertThat(count).isNotDone();
        Fields request = Fields.of(asked.get(0).message());
        String id = options.sharded() ? request.object("data").required("requestId") : request.required("requestId");
        String answer = options.sharded()
                ? "{\"type\":8,\"uid\":\"node\",\"nsp\":\"/\",\"data\":{\"requestId\":\"" + id
                        + "\",\"sockets\":[{\"id\":\"a\",\"handshake\":{},\"rooms\":[],\"data\":{}}]}}"
                : "{\"requestId\":\"" + id + "\",\"sockets\":[\"a\"]}";
        String channel = options.sharded() ? "socket.io#/#" + request.required("uid") + "#" : "socket.io-response#/#";
        bus.publish(wire.everyServer().kind(), channel, Bytes.utf8(answer));
        bus.settle();

        assertThat(count).isCompletedWithValue(new SocketCount(2, 0));
        assertThat(same).isCompletedWithValue(new SocketCount(2, 0));
        node.unsubscribe(wire.everyServer());
    }
}
