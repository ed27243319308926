package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.AckResponses;
import io.everwire.RemoteSocket;
import io.everwire.RemoteSockets;
import io.everwire.ServerOptions;
import io.everwire.ServerResponses;
import io.everwire.SocketIoServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers whose messages are lost, arrive twice or in the wrong order: no call waits forever, and nothing breaks. */
class LyingBusTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Bus bus = new Bus();
    private final List<TestServer> servers = new ArrayList<>();
    private final List<TestClient> clients = new ArrayList<>();

    LyingBusTest() {
        for (int i = 0; i < 3; i++) {
            TestServer server = TestServer.create(
                    ServerOptions.builder().adapter(bus.factory()).build());
            server.server().onServerSideCall("ask", arguments -> "answer");
            servers.add(server);
            clients.add(server.connect());
        }
    }

    @Test
    void whatIsLostIsMissing() {
        bus.copies(envelope -> 0);
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
        assertThat(available.join().sockets())
                .extracting(RemoteSocket::id)
                .containsExactly(clients.get(0).id());
        assertThat(available.join().missing()).isEqualTo(2);
    }

    @Test
    void whoSaidHowManyItAsksAndThenNothingMoreIsCounted() {
        bus.copies(envelope -> envelope.message() instanceof Bus.Answer ? 0 : 1);
        CompletableFuture<AckResponses<String>> call = first().timeout(SECOND).call("ask", String.class);
        answerAll();
        pass(LONG);

        assertThat(call.join().values()).containsExactly("0");
        assertThat(call.join().unanswered()).isEqualTo(2);
    }

    @Test
    void whatArrivesTwiceCountsOnce() {
        bus.copies(envelope -> envelope.message() instanceof Bus.Answer ? 1 : 2);
        CompletableFuture<ServerResponses<String>> asked = first().serverSideCall("ask", String.class);
        CompletableFuture<List<RemoteSocket>> fetched = first().fetchSockets();
        bus.settle();

        assertThat(asked.join().values()).containsExactly("answer", "answer");
        assertThat(fetched.join()).hasSize(3);
    }

    @Test
    void answersMayComeBeforeTheirCount() {
        CompletableFuture<AckResponses<String>> call = first().timeout(SECOND).call("ask", String.class);
        bus.settle();
        answerAll();
        bus.reverse();
        bus.settle();

        assertThat(call.join().values()).containsExactlyInAnyOrder("0", "1", "2");
        assertThat(call.join().complete()).isTrue();
    }

    @Test
    void aServerThatClosesIsNotWaitedForByThoseWhoAskLater() {
        servers.get(2).close();
        CompletableFuture<ServerResponses<String>> asked = first().serverSideCall("ask", String.class);
        bus.settle();

        assertThat(asked.join().values()).containsExactly("answer");
        assertThat(asked.join().complete()).isTrue();
        assertThat(first().serverCount()).isCompletedWithValue(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverTheBusDoesAllThatIsAskedEnds(long seed) {
        Random random = new Random(seed);
        bus.copies(envelope -> random.nextInt(3));
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            SocketIoServer server = servers.get(random.nextInt(3)).server();
            switch (random.nextInt(7)) {
                case 0 -> asked.add(server.timeout(SECOND).call("ask", String.class));
                case 1 -> asked.add(server.serverSideCall(SECOND, "ask", String.class));
                case 2 -> asked.add(server.fetchSockets());
                case 3 -> server.emit("e", i);
                case 4 -> server.to(clients.get(random.nextInt(3)).id()).socketsJoin("r" + i);
                case 5 -> server.to("r" + random.nextInt(200)).socketsLeave("r" + random.nextInt(200));
                default -> pass(Duration.ofMillis(random.nextInt(500)));
            }
            if (random.nextInt(5) == 0) {
                bus.reverse();
            }
            if (random.nextInt(3) == 0) {
                answerAll();
            }
        }
        pass(LONG);

        assertThat(asked).allSatisfy(future -> assertThat(future).isDone());
        assertThat(clients).allSatisfy(client -> assertThat(client.connected()).isTrue());
        assertThat(servers)
                .allSatisfy(server -> assertThat(server.server().sockets()).hasSize(1));
    }

    private void answerAll() {
        bus.settle();
        for (int i = 0; i < clients.size(); i++) {
            TestClient client = clients.get(i);
            for (TestEvent event : client.received()) {
                if (event.name().equals("ask")) {
                    client.ack(event, String.valueOf(i));
                }
            }
        }
        bus.settle();
    }

    private void pass(Duration duration) {
        bus.settle();
        servers.forEach(server -> server.advance(duration));
        bus.advance(duration);
        bus.settle();
    }

    private SocketIoServer first() {
        return servers.get(0).server();
    }
}
