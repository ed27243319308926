package io.everwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.AckResponses;
import io.everwire.RemoteSocket;
import io.everwire.RemoteSockets;
import io.everwire.ServerOptions;
import io.everwire.ServerResponses;
import io.everwire.SocketIoServer;
import io.everwire.adapter.ClusterState.Health;
import io.everwire.adapter.SocketCount;
import io.everwire.cluster.Subscription.Kind;
import io.everwire.protocol.Bytes;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestEvent;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three servers on a line that loses, repeats and reorders messages, carries foreign ones, hangs or is cut. */
class UnreliableBusTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final MemoryBus bus = new MemoryBus();
    private final List<MemoryBus.MemoryLine> lines = new ArrayList<>();
    private final List<ClusterAdapters> factories = new ArrayList<>();
    private final List<TestServer> servers = new ArrayList<>();
    private final List<TestClient> clients = new ArrayList<>();

    UnreliableBusTest() {
        start(3, ClusterOptions.DEFAULTS);
    }

    private void start(int count, ClusterOptions options) {
        for (int i = 0; i < count; i++) {
            MemoryBus.MemoryLine line = bus.line();
            ClusterAdapters factory = new ClusterAdapters(options, line);
            TestServer server =
                    TestServer.create(ServerOptions.builder().adapter(factory).build());
            server.server().onServerSideCall("ask", arguments -> "answer");
            lines.add(line);
            factories.add(factory);
            servers.add(server);
            clients.add(server.connect());
        }
        bus.settle();
    }

    @AfterEach
    void nothingRemains() {
        servers.forEach(TestServer::close);
        assertThat(bus.subscriptions()).isEmpty();
    }

    @Test
    void lostMessagesAreMissing() {
        bus.copies(delivery -> 0);
        CompletableFuture<AckResponses<String>> call = first().timeout(SECOND).call("ask", String.class);
        CompletableFuture<ServerResponses<String>> asked = first().serverSideCall("ask", String.class);
        CompletableFuture<List<RemoteSocket>> fetched = first().fetchSockets();
        CompletableFuture<RemoteSockets> available = first().fetchAvailableSockets();
        bus.settle();
        clients.get(0).ack(clients.get(0).received().get(0), "here");
        pass(LONG);

        assertThat(call.join().values()).containsExactly("here");
        assertThat(asked.join().missing()).isEqualTo(2);
        assertThat(fetched).isCompletedExceptionally();
        assertThat(available.join().sockets()).hasSize(1);
        assertThat(available.join().missing()).isEqualTo(2);
    }

    @Test
    void lostAcksAreUnanswered() {
        // The acks are msgpack, and their announced number is JSON.
        bus.copies(delivery -> delivery.channel().startsWith("socket.io-response") && isAck(delivery) ? 0 : 1);
        CompletableFuture<AckResponses<byte[]>> call = first().timeout(SECOND).call("ask", byte[].class);
        bus.settle();
        clients.forEach(client -> client.ack(client.received().get(0), new byte[] {1}));
        pass(LONG);

        assertThat(call.join().values()).hasSize(1);
        assertThat(call.join().unanswered()).isEqualTo(2);
    }

    private static boolean isAck(MemoryBus.Delivery delivery) {
        return delivery.message().at(0) != '{';
    }

    @Test
    void repeatedResponsesCountOnce() {
        bus.copies(delivery -> 2);
        CompletableFuture<ServerResponses<String>> asked = first().serverSideCall("ask", String.class);
        CompletableFuture<List<RemoteSocket>> fetched = first().fetchSockets();
        bus.settle();

        assertThat(asked.join().values()).containsExactly("answer", "answer");
        assertThat(fetched.join()).hasSize(3);
    }

    @Test
    void acksMayComeBeforeTheirCount() {
        CompletableFuture<AckResponses<String>> call = first().timeout(SECOND).call("ask", String.class);
        bus.settle();
        ackAll();
        bus.reverse();
        bus.settle();

        assertThat(call.join().values()).containsExactlyInAnyOrder("0", "1", "2");
        assertThat(call.join().complete()).isTrue();
    }

    @Test
    void aSilentServerIsNotWaitedForTwice() {
        MemoryBus.MemoryLine silent = lines.get(2);
        bus.copies(delivery -> delivery.to() == silent ? 0 : 1);
        CompletableFuture<RemoteSockets> slow = first().fetchAvailableSockets();
        bus.settle();
        pass(Duration.ofMillis(4_999));
        assertThat(slow).isNotDone();
        pass(Duration.ofMillis(1));
        assertThat(slow.join().missing()).isEqualTo(1);

        CompletableFuture<RemoteSockets> fast = first().fetchAvailableSockets();
        bus.settle();
        assertThat(fast.join().missing()).isEqualTo(1);
        assertThat(fast.join().sockets()).hasSize(2);

        // It speaks again: the second of these requests waits for it.
        bus.copies(delivery -> 1);
        first().fetchAvailableSockets();
        bus.settle();
        CompletableFuture<RemoteSockets> all = first().fetchAvailableSockets();
        bus.settle();
        assertThat(all.join().missing()).isZero();
        assertThat(all.join().sockets()).hasSize(3);
    }

    @Test
    void aServerThatClosesMeanwhileIsNotWaitedFor() {
        bus.copies(delivery -> delivery.to() == lines.get(2) ? 0 : 1);
        CompletableFuture<RemoteSockets> fetched = first().fetchAvailableSockets();
        bus.settle();
        servers.get(2).close();
        pass(Duration.ofMillis(499));
        assertThat(fetched).isNotDone();
        pass(Duration.ofMillis(1));

        assertThat(fetched.join().sockets()).hasSize(2);
        assertThat(fetched.join().missing()).isZero();
    }

    @Test
    void laterRequestsDoNotWaitForAServerThatHasClosed() {
        servers.get(2).close();
        CompletableFuture<ServerResponses<String>> asked = first().serverSideCall("ask", String.class);
        bus.settle();

        assertThat(asked.join().values()).containsExactly("answer");
        assertThat(asked.join().complete()).isTrue();
        assertThat(first().serverCount()).isCompletedWithValue(2);
    }

    @Test
    void aLateAnswerOfNodeTwoCountsForNoOtherRequest() {
        MemoryBus.MemoryLine node = bus.line();
        Subscription requests = Subscription.channel("socket.io-request#/#");
        node.subscribe(requests);
        CompletableFuture<SocketCount> first = first().in("r").countSockets();
        String late = askedOf(node);
        pass(LONG);
        assertThat(first.join()).isEqualTo(new SocketCount(0, 1));
        answerOfNodeTwo(late, 3);
        CompletableFuture<SocketCount> second = first().in("r").countSockets();
        String now = askedOf(node);
        answerOfNodeTwo(late, 5);
        assertThat(second).isNotDone();
        answerOfNodeTwo(now, 1);

        assertThat(second.join()).isEqualTo(new SocketCount(1, 0));
        assertThat(now).isNotEqualTo(late);
        node.unsubscribe(requests);
    }

    /** Returns the id of the last request for the number of sockets. */
    private String askedOf(MemoryBus.MemoryLine node) {
        bus.settle();
        Pattern id = Pattern.compile("\"requestid\":\"([^\"]+)\"");
        return bus.delivered().stream()
                .filter(delivery -> delivery.to() == node)
                .map(delivery -> id.matcher(delivery.message().toString()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .reduce("", (before, last) -> last);
    }

    private void answerOfNodeTwo(String requestId, int sockets) {
        String ids = String.join(",", Collections.nCopies(sockets, "\"id\""));
        bus.publish(
                Kind.CHANNEL,
                "socket.io-response#/#",
                Bytes.utf8("{\"requestid\":\"" + requestId + "\",\"clients\":[" + ids + "]}"));
        bus.settle();
    }

    @Test
    void unreadableMessagesAreCountedAndPassedOver() {
        List<String> garbage = List.of(
                "", "\u0000", "garbage", "{", "{}", "[]", "{\"type\":5}", "{\"type\":7}", "{\"uid\":1,\"type\":6}");
        for (String channel : List.of("socket.io#/#", "socket.io-request#/#", "socket.io-response#/#")) {
            garbage.forEach(text -> bus.publish(Kind.CHANNEL, channel, Bytes.utf8(text)));
        }
        first().emit("e");
        bus.settle();

        clients.forEach(client -> assertThat(client.received()).containsExactly(TestEvent.of("e")));
        assertThat(factories.get(1).state().dropped()).isBetween(5L, 30L);
    }

    @Test
    void requestsOfNodeTwoDoNoHarm() {
        for (int type = 0; type < 8; type++) {
            String id = clients.get(1).id();
            bus.publish(
                    Kind.CHANNEL,
                    "socket.io-request#/#",
                    Bytes.utf8(
                            "{\"requestid\":\"abcdef\",\"type\":" + type + ",\"sid\":\"" + id + "\",\"room\":\"r\"}"));
        }
        bus.settle();

        assertThat(factories.get(1).state().dropped()).isZero();
    }

    @Test
    void aLongQueueDropsItsOldestMessages() {
        servers.forEach(TestServer::close);
        servers.clear();
        clients.clear();
        lines.clear();
        start(2, ClusterOptions.builder().maxOutboxBytes(1 << 16).build());
        MemoryBus.MemoryLine line = lines.get(0);
        line.connected(false);
        for (int i = 0; i < 1_000; i++) {
            first().emit("e", i);
        }
        assertThat(first().clusterState().health()).isEqualTo(Health.DOWN);
        assertThat(clients.get(0).received()).hasSize(1_000);
        line.connected(true);
        bus.settle();

        List<TestEvent> received = clients.get(1).received();
        assertThat(received).hasSizeBetween(100, 900).startsWith(TestEvent.of("e", 0), TestEvent.of("e", 1));
        assertThat(first().clusterState().dropped()).isEqualTo(1_000 - received.size());
        assertThat(first().clusterState().health()).isEqualTo(Health.DEGRADED);
        pass(LONG);
        pass(LONG);
        assertThat(first().clusterState().health()).isEqualTo(Health.UP);
    }

    @Test
    void messagesWaitForTheLineButNotForLong() {
        lines.get(0).connected(false);
        first().emit("old");
        servers.get(0).advance(Duration.ofMillis(5_001));
        first().emit("new");
        lines.get(0).connected(true);
        bus.settle();

        assertThat(clients.get(0).received()).containsExactly(TestEvent.of("old"), TestEvent.of("new"));
        assertThat(clients.get(1).received()).containsExactly(TestEvent.of("new"));
    }

    @Test
    void aLineThatHangsDelaysNothingHere() {
        lines.get(0).hangs(true);
        first().emit("e");

        assertThat(clients.get(0).received()).containsExactly(TestEvent.of("e"));
        pass(LONG);
        assertThat(first().clusterState().health()).isEqualTo(Health.DOWN);
        assertThat(first().clusterState().outboxBytes()).isPositive();
        lines.get(0).hangs(false);
    }

    @Test
    void aLineThatDoesNotDeliverIsNoticed() {
        bus.copies(delivery -> 0);
        pass(Duration.ofSeconds(11));
        assertThat(first().clusterState().health()).isEqualTo(Health.DEGRADED);

        bus.copies(delivery -> 1);
        // Heartbeats of the other servers are missing, too: messages were lost lately.
        pass(Duration.ofSeconds(5));
        assertThat(first().clusterState().health()).isEqualTo(Health.DEGRADED);
        pass(Duration.ofSeconds(5));
        pass(Duration.ofSeconds(5));
        assertThat(first().clusterState().health()).isEqualTo(Health.UP);
        assertThat(first().clusterState().servers()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyRequestEnds(long seed) {
        Random random = new Random(seed);
        bus.copies(delivery -> random.nextInt(3));
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            SocketIoServer server = servers.get(random.nextInt(3)).server();
            switch (random.nextInt(8)) {
                case 0 -> asked.add(server.timeout(SECOND).call("ask", String.class));
                case 1 -> asked.add(server.serverSideCall(SECOND, "ask", String.class));
                case 2 -> asked.add(server.fetchAvailableSockets());
                case 3 -> server.emit("e", i);
                case 4 -> server.to(clients.get(random.nextInt(3)).id()).socketsJoin("r" + i);
                case 5 -> server.to("r" + random.nextInt(200)).socketsLeave("r" + random.nextInt(200));
                case 6 -> asked.add(server.fetchSockets().exceptionally(missing -> List.of()));
                default -> pass(Duration.ofMillis(random.nextInt(500)));
            }
            if (random.nextInt(5) == 0) {
                bus.reverse();
            }
            if (random.nextInt(3) == 0) {
                ackAll();
            }
        }
        pass(LONG);

        assertThat(asked).allSatisfy(future -> assertThat(future).isCompleted());
        assertThat(clients).allSatisfy(client -> assertThat(client.connected()).isTrue());
        assertThat(servers)
                .allSatisfy(server -> assertThat(server.server().sockets()).hasSize(1));
    }

    @Test
    void roomsThatComeAndGoLeaveNoSubscription() {
        servers.forEach(TestServer::close);
        servers.clear();
        clients.clear();
        start(2, ClusterOptions.builder().exactSubscriptions(true).build());
        int before = bus.subscriptions().size();
        for (int i = 0; i < 1_000; i++) {
            String room = "room " + i;
            first().to(clients.get(1).id()).socketsJoin(room);
            bus.settle();
            assertThat(bus.subscriptions()).hasSize(before + 1);
            first().to(room).emit("e", i);
            first().to(room).socketsLeave(room);
            bus.settle();
        }

        assertThat(bus.subscriptions()).hasSize(before);
        assertThat(clients.get(1).received()).hasSize(1_000);
    }

    @Test
    void aNamespaceThatIsCreatedAgainIsStillHeard() {
        servers.forEach(TestServer::close);
        servers.clear();
        clients.clear();
        for (int i = 0; i < 2; i++) {
            TestServer server = TestServer.create(ServerOptions.builder()
                    .adapter(new ClusterAdapters(ClusterOptions.DEFAULTS, bus.line()))
                    .cleanupEmptyChildNamespaces(true)
                    .build());
            server.server().of(java.util.regex.Pattern.compile("/d.*"));
            servers.add(server);
        }
        TestClient before = servers.get(1).connect("/dynamic");
        before.disconnect();
        TestClient after = servers.get(1).connect("/dynamic");
        servers.get(0).connect("/dynamic");
        servers.get(0).server().of("/dynamic").emit("e");
        bus.settle();

        assertThat(after.received()).containsExactly(TestEvent.of("e"));
    }

    private void ackAll() {
        bus.settle();
        for (int i = 0; i < clients.size(); i++) {
            TestClient client = clients.get(i);
            for (TestEvent event : client.received()) {
                if (event.name().equals("ask")) {
                    client.ack(event, String.valueOf(i));
                }
            }
        }
    }

    private void pass(Duration duration) {
        bus.settle();
        for (TestServer server : servers) {
            server.advance(duration);
        }
        bus.settle();
    }

    private SocketIoServer first() {
        return servers.get(0).server();
    }
}
