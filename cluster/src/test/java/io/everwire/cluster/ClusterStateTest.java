package io.everwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.ClusterServer.Kind;
import io.everwire.adapter.ClusterState;
import io.everwire.adapter.ClusterState.Health;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.msgpack.MsgpackWriter;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The state of a server in a cluster: its own, and the table of the others. */
class ClusterStateTest {
    private static final String OWN = "socket.io-everwire#";

    private final MemoryBus bus = new MemoryBus();
    private final List<MemoryBus.MemoryLine> lines = new ArrayList<>();
    private final List<TestServer> servers = new ArrayList<>();
    private final List<ClusterState> reported = new ArrayList<>();

    @AfterEach
    void close() {
        servers.forEach(TestServer::close);
        assertThat(bus.subscriptions()).isEmpty();
    }

    private void start(ClusterOptions... options) {
        for (ClusterOptions some : options) {
            MemoryBus.MemoryLine line = bus.line();
            boolean first = servers.isEmpty();
            servers.add(TestServer.create(ServerOptions.builder()
                    .adapter(new ClusterAdapters(some, line))
                    .observer(new ServerObserver() {
                        @Override
                        public void clusterChanged(ClusterState state) {
                            if (first) {
                                reported.add(state);
                            }
                        }
                    })
                    .build()));
            lines.add(line);
        }
        bus.settle();
    }

    private void pass(Duration duration) {
        for (long seconds = duration.toSeconds(); seconds > 0; seconds--) {
            servers.forEach(server -> server.advance(Duration.ofSeconds(1)));
            bus.settle();
        }
    }

    private ClusterState first() {
        return servers.get(0).server().clusterState();
    }

    @Test
    void javaServersKnowEachOther() {
        start(
                ClusterOptions.DEFAULTS,
                ClusterOptions.builder().exactSubscriptions(true).build());

        assertThat(first().health()).isEqualTo(Health.UP);
        assertThat(first().servers()).isEqualTo(2);
        assertThat(first().others()).hasSize(1);
        ClusterServer other = first().others().get(0);
        assertThat(other.kind()).isEqualTo(Kind.JAVA);
        assertThat(other.mode()).isEqualTo("classic, exact subscriptions");
        assertThat(servers.get(1).server().clusterState().others())
                .extracting(ClusterServer::mode)
                .containsExactly("classic");
        assertThat(reported).last().isEqualTo(first());
    }

    @Test
    void aServerThatLeavesIsForgottenAtOnce() {
        start(ClusterOptions.DEFAULTS, ClusterOptions.DEFAULTS);
        servers.get(1).close();
        bus.settle();

        assertThat(first().others()).isEmpty();
        assertThat(first().servers()).isEqualTo(1);
    }

    @Test
    void aServerThatIsCutOffIsForgottenAfterThreeHeartbeats() {
        start(ClusterOptions.DEFAULTS, ClusterOptions.DEFAULTS);
        lines.get(1).connected(false);
        pass(Duration.ofSeconds(15));
        assertThat(first().others().get(0).silentMillis()).isBetween(10_000L, 15_000L);
        pass(Duration.ofSeconds(5));

        assertThat(first().others()).isEmpty();
        assertThat(servers.get(1).server().clusterState().health()).isEqualTo(Health.DOWN);

        lines.get(1).connected(true);
        bus.settle();
        assertThat(first().others()).hasSize(1);
        assertThat(first().health()).isEqualTo(Health.UP);
    }

    @Test
    void nodeServersAreKnownByTheirMessages() {
        start(ClusterOptions.DEFAULTS);
        MemoryBus.MemoryLine foreign = bus.line();
        foreign.subscribe(Subscription.channel("socket.io-request#/#"));
        broadcast("node4", ",\"except\":[]");
        pass(Duration.ofSeconds(5));

        assertThat(first().servers()).isEqualTo(2);
        assertThat(first().others()).extracting(ClusterServer::id).containsExactly("node4");
        assertThat(first().others().get(0).kind()).isEqualTo(Kind.NODE);

        // It starts again, with another id, and the one of before is forgotten.
        broadcast("again", ",\"except\":[]");
        pass(Duration.ofSeconds(5));
        assertThat(first().others()).extracting(ClusterServer::id).containsExactly("again");

        foreign.unsubscribe(Subscription.channel("socket.io-request#/#"));
        pass(Duration.ofSeconds(5));
        assertThat(first().others()).isEmpty();
    }

    @Test
    void serversOfSocketIoTwoAreToldApart() {
        start(ClusterOptions.DEFAULTS);
        MemoryBus.MemoryLine foreign = bus.line();
        foreign.subscribe(Subscription.channel("socket.io-request#/#"));
        broadcast("node2", "");
        broadcast("emitter", ",\"except\":[]");
        bus.settle();

        assertThat(first().others()).hasSize(1);
        assertThat(first().others().get(0).kind()).isEqualTo(Kind.NODE_2);
        foreign.unsubscribe(Subscription.channel("socket.io-request#/#"));
    }

    private void broadcast(String uid, String except) {
        Bytes json = Bytes.utf8("[\"" + uid + "\",{\"type\":2,\"data\":[\"e\"],\"nsp\":\"/\"},{\"rooms\":[]" + except
                + ",\"flags\":{}}]");
        bus.publish(Subscription.Kind.CHANNEL, "socket.io#/#", MsgpackWriter.write(json, List.of()));
    }

    @Test
    void messagesAreCounted() {
        start(ClusterOptions.DEFAULTS, ClusterOptions.DEFAULTS);
        long before = servers.get(1).server().clusterState().received();
        for (int i = 0; i < 3; i++) {
            servers.get(0).server().emit("e", i);
        }
        bus.settle();

        assertThat(first().sent()).isEqualTo(3);
        assertThat(servers.get(1).server().clusterState().received()).isEqualTo(before + 3);
        assertThat(first().outboxBytes()).isZero();
    }

    @Test
    void theLagIsTheTimeOfAHeartbeat() {
        start(ClusterOptions.DEFAULTS);
        assertThat(first().lagMillis()).isZero();
        servers.get(0).advance(Duration.ofMillis(5_000));
        servers.get(0).advance(Duration.ofMillis(300));
        bus.settle();

        assertThat(first().lagMillis()).isEqualTo(300);
    }

    @Test
    void lostMessagesOfAnotherServerAreNoticed() {
        start(ClusterOptions.DEFAULTS, ClusterOptions.DEFAULTS);
        pass(Duration.ofSeconds(6));
        assertThat(first().health()).isEqualTo(Health.UP);
        MemoryBus.MemoryLine here = lines.get(0);
        bus.copies(delivery -> delivery.to() == here && isOfOther(delivery.message()) ? 0 : 1);
        pass(Duration.ofSeconds(5));
        bus.copies(delivery -> 1);
        pass(Duration.ofSeconds(5));

        assertThat(first().health()).isEqualTo(Health.DEGRADED);
        pass(Duration.ofSeconds(10));
        assertThat(first().health()).isEqualTo(Health.UP);
    }

    private boolean isOfOther(Bytes message) {
        return !first().others().isEmpty()
                && message.toString().contains(first().others().get(0).id());
    }

    @Test
    void garbageOfStrangersIsPassedOver() {
        start(ClusterOptions.DEFAULTS);
        List<String> garbage = List.of(
                "",
                "{",
                "{}",
                "[]",
                "{\"type\":\"beat\"}",
                "{\"type\":\"beat\",\"uid\":\"x\"}",
                "{\"type\":\"counts\",\"uid\":\"x\",\"nsp\":\"/\",\"counts\":[1,[\"a\"],[\"a\",\"b\"]]}",
                "{\"type\":\"watch\",\"uid\":\"x\"}",
                "{\"type\":7,\"uid\":\"x\"}");
        garbage.forEach(text -> bus.publish(Subscription.Kind.CHANNEL, OWN, Bytes.utf8(text)));
        for (int i = 0; i < 2_000; i++) {
            bus.publish(
                    Subscription.Kind.CHANNEL,
                    OWN,
                    Bytes.utf8("{\"type\":\"beat\",\"uid\":\"x" + i
                            + "\",\"number\":1,\"time\":1,\"interval\":1,\"version\":\"\",\"mode\":\"\"}"));
        }
        bus.settle();

        assertThat(first().others()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(first().dropped()).isBetween(5L, 9L);
        servers.get(0).server().emit("e");
    }
}
