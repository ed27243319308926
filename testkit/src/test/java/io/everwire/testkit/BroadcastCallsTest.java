package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.AckResponses;
import io.everwire.AckTimeoutException;
import io.everwire.Arguments;
import io.everwire.RemoteSocket;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.TypeToken;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.json.JsonException;
import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Calls to many clients at once, and methods that reach sockets of all servers. */
class BroadcastCallsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<BroadcastOptions> broadcasts = new ArrayList<>();
    private final TestServer test = TestServer.create(ServerOptions.builder()
            .ackTimeout(Duration.ofSeconds(3))
            .adapter((namespace, sockets) -> new ForwardingAdapter(new MemoryAdapter(sockets)) {
                @Override
                public void broadcast(Packet packet, BroadcastOptions options) {
                    broadcasts.add(options);
                    super.broadcast(packet, options);
                }
            })
            .build());
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();
    private final TestClient bob = test.connect();
    private final TestClient carol = test.connect();

    @Test
    void everybodysAnswerCompletesTheCall() {
        CompletableFuture<AckResponses<Integer>> call =
                server.except(carol.id()).timeout(SECOND).call("age", Integer.class, "x");
        assertThat(alice.received()).containsExactly(TestEvent.of("age", "x"));
        assertThat(carol.received()).isEmpty();

        bob.ack(bob.received().get(0), 2);
        assertThat(call).isNotDone();
        alice.ack(alice.received().get(0), 1);

        assertThat(call).isCompleted();
        assertThat(call.join().bySocket()).isEqualTo(Map.of(alice.id(), 1, bob.id(), 2));
        assertThat(call.join().values()).containsExactly(2, 1);
        assertThat(call.join().complete()).isTrue();
        assertThat(test.time().timers()).isZero();
    }

    @Test
    void allAcksOfOneBroadcastShareOneIdThatNobodyElseUses() {
        Socket socket = socket(alice);
        socket.call("single", String.class);

        server.everybody().call("many", String.class);
        CompletableFuture<String> after = socket(bob).call("single", String.class);
        long id = bob.received().get(0).ackId();

        assertThat(alice.received().get(0).ackId()).isNotEqualTo(id);
        assertThat(alice.received().get(1).ackId()).isEqualTo(id);
        assertThat(bob.received().get(1).ackId()).isNotEqualTo(id);
        bob.ack(bob.received().get(1), "answer");
        assertThat(after).isCompletedWithValue("answer");
    }

    @Test
    void theTimeoutGivesWhatThereIsAndLateAnswersAreIgnored() {
        CompletableFuture<AckResponses<String>> call = server.timeout(SECOND).call("e", String.class);
        alice.ack(alice.received().get(0), "a");

        test.advance(Duration.ofMillis(999));
        assertThat(call).isNotDone();
        test.advance(Duration.ofMillis(1));
        bob.ack(bob.received().get(0), "late");

        assertThat(call.join().values()).containsExactly("a");
        assertThat(call.join().missing()).containsExactlyInAnyOrder(bob.id(), carol.id());
        assertThat(call.join().complete()).isFalse();
        assertThat(bob.connected()).isTrue();
    }

    @Test
    void withoutATimeoutTheServersHolds() {
        CompletableFuture<AckResponses<String>> call = server.everybody().call("e", String.class);

        test.advance(Duration.ofSeconds(3));

        assertThat(call.join().missing()).hasSize(3);
    }

    @Test
    void nobodyWaitsForThoseWhoLeave() {
        CompletableFuture<AckResponses<String>> call = server.everybody().call("e", String.class);
        alice.ack(alice.received().get(0), "a");

        bob.connection().close();
        assertThat(call).isNotDone();
        socket(carol).disconnect();

        assertThat(call.join().missing()).containsExactly(bob.id(), carol.id());
        assertThat(test.time().timers()).isZero();
    }

    @Test
    void nobodyIsDoneAtOnce() {
        AckResponses<String> answers =
                server.to("nobody").timeout(SECOND).call("e", String.class).join();

        assertThat(answers.values()).isEmpty();
        assertThat(answers.complete()).isTrue();
    }

    @Test
    void clientsThatKnowNoAcksAreNotSentTheCall() {
        TestClient old = test.opening().withoutAcks().open().connect("/");

        CompletableFuture<AckResponses<String>> call =
                server.to(old.id(), alice.id()).call("e", String.class);
        alice.ack(alice.received().get(0), "a");

        assertThat(old.received()).isEmpty();
        assertThat(call.join().values()).containsExactly("a");
        assertThat(call.join().missing()).containsExactly(old.id());
        assertThat(server.to(old.id()).call("e", String.class).join().missing()).containsExactly(old.id());
    }

    @Test
    void anAnswerThatDoesNotFitIsMissingAndAnEmptyOneIsNull() {
        CompletableFuture<AckResponses<List<Integer>>> call =
                server.except(carol.id()).call("e", new TypeToken<List<Integer>>() {});
        alice.ack(alice.received().get(0), "no list");
        bob.ack(bob.received().get(0));

        assertThat(call.join().missing()).containsExactly(alice.id());
        assertThat(call.join().bySocket()).containsOnlyKeys(bob.id()).containsValue(null);
    }

    @Test
    void whatCannotBeSentIsTheCallersFault() {
        assertThatThrownBy(() -> server.everybody().call("connect", String.class))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.everybody().call("e", String.class, new Object() {
                    @SuppressWarnings("unused") // called by the codec
                    public int getValue() {
                        throw new IllegalStateException("no value");
                    }
                }))
                .isInstanceOf(JsonException.class);
        assertThat(test.time().timers()).isZero();
    }

    @Test
    void aFamilyOfNamespacesIsAskedAsOne() {
        var rooms = server.of(Pattern.compile("/room-\\d"));
        TestClient one = test.connect("/room-1");
        TestClient two = test.connect("/room-2");

        CompletableFuture<AckResponses<Integer>> call = rooms.timeout(SECOND).call("e", Integer.class);
        one.ack(one.received().get(0), 1);
        assertThat(call).isNotDone();
        two.ack(two.received().get(0), 2);

        assertThat(call.join().values()).containsExactly(1, 2);
        assertThat(rooms.fetchSockets().join()).hasSize(2);
    }

    @Test
    void flagsReachTheAdapterAndOperatorsStayAsTheyAre() {
        socket(alice).join("r");
        var plain = server.to("r");
        plain.local().asVolatile().compress(false).emit("e");
        plain.emit("e");

        assertThat(broadcasts)
                .containsExactly(
                        new BroadcastOptions(Set.of("r"), Set.of(), true, true, false),
                        new BroadcastOptions(Set.of("r"), Set.of()));
    }

    @Test
    void fetchedSocketsTellOfThemselvesAndCanBeReached() {
        socket(alice).join("r");
        List<RemoteSocket> found = server.in("r").fetchSockets().join();
        assertThat(found).hasSize(1);
        RemoteSocket remote = found.get(0);
        assertThat(remote.id()).isEqualTo(alice.id());
        assertThat(remote.rooms()).containsExactlyInAnyOrder("r", alice.id());
        assertThat(server.fetchSockets().join()).hasSize(3);

        remote.emit("e", 1);
        remote.send("text");
        remote.join("s");
        remote.leave("r");
        CompletableFuture<Integer> answer = remote.timeout(SECOND).call("question", Integer.class);
        assertThat(alice.received()).startsWith(TestEvent.of("e", 1), TestEvent.of("message", "text"));
        alice.ack(alice.received().get(2), 7);
        assertThat(answer).isCompletedWithValue(7);
        assertThat(bob.received()).isEmpty();
        assertThat(socket(alice).rooms()).containsExactlyInAnyOrder("s", alice.id());

        CompletableFuture<Integer> unanswered = remote.timeout(SECOND).call("question", Integer.class);
        remote.disconnect(false);
        assertThatThrownBy(unanswered::join).hasCauseInstanceOf(AckTimeoutException.class);
        assertThat(alice.closeReason()).isEqualTo("io server disconnect");
        assertThat(alice.connection().closed()).isFalse();
    }

    @Test
    void disconnectingMayCloseTheClientsToo() {
        server.of("/chat");
        TestClient chat = alice.connection().connect("/chat");

        server.to(alice.id()).disconnectSockets(true);
        assertThat(alice.connection().closed()).isTrue();
        assertThat(chat.connected()).isFalse();
        server.disconnectSockets(false);

        assertThat(bob.closeReason()).isEqualTo("io server disconnect");
        assertThat(bob.connection().closed()).isFalse();
        assertThat(server.sockets()).isEmpty();
    }

    @Test
    void everySocketCanBeMoved() {
        server.socketsJoin("r", "s");
        server.socketsLeave("r");

        assertThat(server.to("r").sockets()).isEmpty();
        assertThat(server.to("s").sockets()).hasSize(3);
    }

    private Socket socket(TestClient client) {
        return Objects.requireNonNull(server.sockets().get(client.id()));
    }

    /** C1: as of one socket. */
    @Test
    void argumentsAreAllValuesOfTheAnswers() {
        CompletableFuture<AckResponses<Arguments>> call = server.everybody().call("e", Arguments.class);

        alice.ack(alice.received().get(0), 1, "one");
        bob.ack(bob.received().get(0), (Object) null);
        carol.ack(carol.received().get(0));

        Map<String, Arguments> answers = call.join().bySocket();
        assertThat(Objects.requireNonNull(answers.get(alice.id())).all()).containsExactly(1, "one");
        assertThat(Objects.requireNonNull(answers.get(bob.id())).all())
                .containsOnlyNulls()
                .hasSize(1);
        assertThat(Objects.requireNonNull(answers.get(carol.id())).all()).isEmpty();
        assertThat(call.join().complete()).isTrue();

        CompletableFuture<Arguments> remote =
                server.in(alice.id()).fetchSockets().join().get(0).call("e", Arguments.class);
        alice.ack(alice.received().get(1), 1, 2);
        assertThat(remote.join().all()).containsExactly(1, 2);
    }
}
