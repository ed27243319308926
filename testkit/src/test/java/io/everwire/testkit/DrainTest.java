package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server that closes in portions, on virtual time. */
class DrainTest {
    private final TestServer test = TestServer.create();
    private final List<CloseReason> reasons = new ArrayList<>();

    private List<TestClient> connect(int clients) {
        test.server().onConnection(socket -> socket.onDisconnect(reasons::add));
        return IntStream.range(0, clients).mapToObj(i -> test.connect()).toList();
    }

    @Test
    void clientsAreClosedEvenlyOverTheTime() {
        connect(100);
        CompletableFuture<Void> closed = test.server().closeAsync(Duration.ofSeconds(10));

        List<Integer> left = IntStream.range(0, 11)
                .mapToObj(second -> {
                    int now = test.server().engine().clientsCount();
                    test.advance(Duration.ofSeconds(1));
                    return now;
                })
                .toList();

        assertThat(left).containsExactly(100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 0);
        assertThat(closed).succeedsWithin(Duration.ofSeconds(60));
        assertThat(reasons).hasSize(100).containsOnly(CloseReason.SERVER_SHUTTING_DOWN);
    }

    @Test
    void fewClientsAreSpreadToo() {
        connect(2);
        test.server().closeAsync(Duration.ofSeconds(10));

        test.advance(Duration.ofSeconds(5));
        assertThat(test.server().engine().clientsCount()).isEqualTo(1);
        test.advance(Duration.ofSeconds(4));
        assertThat(test.server().engine().clientsCount()).isEqualTo(1);
        test.advance(Duration.ofSeconds(1));
        assertThat(test.server().engine().clientsCount()).isZero();
    }

    @Test
    void theOthersAreServedUntilTheirPortion() {
        test.server().onCall("add", int.class, int.class, (socket, a, b) -> a + b);
        List<TestClient> clients = connect(10);
        test.server().closeAsync(Duration.ofMinutes(1));
        test.advance(Duration.ofSeconds(30));

        List<TestClient> connected =
                clients.stream().filter(TestClient::connected).toList();

        assertThat(connected)
                .hasSize(5)
                .allSatisfy(client ->
                        assertThat(client.emitWithAck("add", 3, 4).answer()).containsExactly(7));
    }

    @Test
    void aServerWithoutClientsClosesAtOnce() {
        assertThat(test.server().closeAsync(Duration.ofDays(1))).succeedsWithin(Duration.ofSeconds(60));
    }

    @Test
    void closingEndsTheDrain() {
        connect(3);
        CompletableFuture<Void> drained = test.server().closeAsync(Duration.ofMinutes(10));
        test.close();
        test.advance(Duration.ofSeconds(1));

        assertThat(drained).succeedsWithin(Duration.ofSeconds(60));
        assertThat(reasons).hasSize(3);
    }

    @Test
    void aTimeOutOfRangeChangesNothing() {
        List<TestClient> clients = connect(1);
        assertThatThrownBy(() -> test.server().closeAsync(Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("drain: PT48H is not between 1 ms and 1 day");

        assertThat(test.connect()).isNotNull();
        assertThat(clients.get(0).connected()).isTrue();
    }
}
