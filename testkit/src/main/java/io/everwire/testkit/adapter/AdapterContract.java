package io.everwire.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.Ack;
import io.everwire.AckResponses;
import io.everwire.AckTimeoutException;
import io.everwire.Arguments;
import io.everwire.Attribute;
import io.everwire.RemoteSocket;
import io.everwire.RemoteSockets;
import io.everwire.ServerResponses;
import io.everwire.adapter.ClusterState;
import io.everwire.adapter.RoomListener;
import io.everwire.adapter.SocketCount;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestEvent;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of every adapter, on one server or on several. The test of an adapter is a subclass; a known deviation
 * is an override with its reason. The tests use the first and the last server: on one server, they are the same.
 */
public abstract class AdapterContract extends AdapterFixture {
    /** The times that a network is waited for, at most. */
    private static final int MOST_ROUNDS = 1_000;

    private static final Attribute<String> NAME = Attribute.shared("name", String.class);
    private static final Attribute<String> HERE = Attribute.of("here");

    /** For subclasses. */
    protected AdapterContract() {}

    @Test
    void aBroadcastReachesEverybodyOnce() {
        first().emit("e", 1, "text");
        settle();
        last().send("message");
        settle();

        for (TestClient client : List.of(alice, bob)) {
            assertThat(client.received())
                    .containsExactly(TestEvent.of("e", 1, "text"), TestEvent.of("message", "message"));
        }
    }

    @Test
    void binaryDataArrives() {
        first().emit("e", (Object) new byte[] {1, 2, 3}, "text");
        settle();

        assertThat((byte[]) bob.received().get(0).args().get(0)).containsExactly(1, 2, 3);
    }

    @Test
    void everythingArrivesInOrder() {
        for (int i = 0; i < 50; i++) {
            first().emit("e", i);
        }
        settle();

        assertThat(bob.received()).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(bob.received().get(i)).isEqualTo(TestEvent.of("e", i));
        }
    }

    @Test
    void roomsAreChosenAndExcluded() {
        socket(alice).join("a", "both");
        socket(bob).join("b", "both");
        settle();

        first().to("a", "b", "both").emit("all");
        first().to("both").except("a").emit("b only");
        last().except("b").emit("a only");
        first().to("nobody").emit("none");
        socket(alice).to("both").emit("not the sender");
        settle();

        heard(alice, TestEvent.of("all"), TestEvent.of("a only"));
        heard(bob, TestEvent.of("all"), TestEvent.of("b only"), TestEvent.of("not the sender"));
    }

    /** Checks the events of a client. */
    private void heard(TestClient client, TestEvent... events) {
        if (keepsOrderBetweenRooms()) {
            assertThat(client.received()).containsExactly(events);
        } else {
            assertThat(client.received()).containsExactlyInAnyOrder(events);
        }
    }

    /** Returns whether events of one server to different rooms arrive in their order. */
    protected boolean keepsOrderBetweenRooms() {
        return true;
    }

    @Test
    void anIdIsARoomWhereverItsSocketIs() {
        first().to(bob.id()).emit("bob");
        last().to(alice.id()).emit("alice");
        settle();

        assertThat(alice.received()).containsExactly(TestEvent.of("alice"));
        assertThat(bob.received()).containsExactly(TestEvent.of("bob"));
    }

    @Test
    void whoHasLeftIsNotThere() {
        socket(bob).join("r");
        socket(bob).leave("r");
        socket(alice).join("r");
        alice.disconnect();
        first().to("r").emit("e");
        settle();

        assertThat(bob.received()).isEmpty();
        assertThat(alice.received()).isEmpty();
        assertThat(fetched(first().in("r").fetchSockets())).isEmpty();
    }

    @Test
    void namespacesAreApart() {
        cluster.forEach(server -> server.server().of("/other"));
        TestClient other = cluster.get(servers() - 1).connect("/other");
        socket(bob).join("r");
        settle();
        first().of("/other").emit("other");
        first().to("r").emit("root");
        settle();

        assertThat(other.received()).containsExactly(TestEvent.of("other"));
        assertThat(bob.received()).containsExactly(TestEvent.of("root"));
    }

    @Test
    void localStaysHere() {
        first().local().emit("here");
        first().local().socketsJoin("r");
        settle();

        assertThat(alice.received()).containsExactly(TestEvent.of("here"));
        assertThat(bob.received()).hasSize(servers() == 1 ? 1 : 0);
        assertThat(fetched(last().local().fetchSockets()))
                .extracting(RemoteSocket::id)
                .containsExactlyInAnyOrderElementsOf(
                        servers() == 1 ? List.of(alice.id(), bob.id()) : List.of(bob.id()));
        assertThat(socket(alice).rooms()).contains("r");
        assertThat(socket(bob).rooms().contains("r")).isEqualTo(servers() == 1);
    }

    @Test
    void socketsAreMovedAndDisconnectedWhereverTheyAre() {
        first().to(bob.id()).socketsJoin("r", "s");
        settle();
        assertThat(socket(bob).rooms()).containsExactlyInAnyOrder(bob.id(), "r", "s");
        assertThat(socket(alice).rooms()).containsExactly(alice.id());

        last().to("r").socketsLeave("s");
        settle();
        assertThat(socket(bob).rooms()).containsExactlyInAnyOrder(bob.id(), "r");

        first().to("r").disconnectSockets(false);
        settle();
        assertThat(bob.closeReason()).isEqualTo("io server disconnect");
        assertThat(bob.connection().closed()).isFalse();
        assertThat(alice.connected()).isTrue();

        last().disconnectSockets(true);
        settle();
        assertThat(alice.connection().closed()).isTrue();
    }

    @Test
    void fetchedSocketsTellOfThemselves() {
        socket(bob).join("r");
        socket(bob).attributes().set(NAME, "bob");
        socket(bob).attributes().set(HERE, "stays");

        assertThat(fetched(first().fetchSockets()))
                .extracting(RemoteSocket::id)
                .containsExactlyInAnyOrder(alice.id(), bob.id());
        List<RemoteSocket> found = fetched(first().in("r").fetchSockets());
        assertThat(found).hasSize(1);
        RemoteSocket remote = found.get(0);
        assertThat(remote.id()).isEqualTo(bob.id());
        assertThat(remote.rooms()).containsExactlyInAnyOrder("r", bob.id());
        assertThat(remote.attribute(NAME)).isEqualTo("bob");
        assertThat(remote.handshake().url()).isEqualTo(socket(bob).handshake().url());
        assertThat(remote.handshake().headers())
                .isEqualTo(socket(bob).handshake().headers());
        assertThat(remote.handshake().query()).isEqualTo(socket(bob).handshake().query());
        assertThat(remote.handshake().address().getHostString()).isEqualTo("127.0.0.1");
        assertThat(remote.handshake().secure()).isFalse();
        assertThatThrownBy(() -> remote.attribute(HERE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyServerBecomesReady() {
        settle();

        assertThat(cluster)
                .allSatisfy(server -> assertThat(server.server().ready()).isCompleted());
        assertThat(cluster)
                .allSatisfy(server ->
                        assertThat(server.server().clusterState().health()).isEqualTo(ClusterState.Health.UP));
    }

    @Test
    void aConfirmedRoomHearsAllServers() {
        CompletableFuture<Void> joining = socket(bob).joinAsync("late");
        settle();
        first().to("late").emit("e");
        settle();

        assertThat(joining).isCompleted();
        assertThat(bob.received()).containsExactly(TestEvent.of("e"));
    }

    @Test
    void theAvailableSocketsAreAllSockets() {
        RemoteSockets found = fetched(first().fetchAvailableSockets());

        assertThat(found.sockets()).extracting(RemoteSocket::id).containsExactlyInAnyOrder(alice.id(), bob.id());
        assertThat(found.complete()).isTrue();
    }

    @Test
    void socketsAreCounted() {
        socket(alice).join("r", "a");
        socket(bob).join("r");
        settle();

        assertThat(fetched(first().in("r").countSockets())).isEqualTo(new SocketCount(2, 0));
        assertThat(fetched(last().in("a").countSockets())).isEqualTo(new SocketCount(1, 0));
        assertThat(fetched(last().in("r").except("a").countSockets())).isEqualTo(new SocketCount(1, 0));
        assertThat(fetched(first().in("nobody").countSockets())).isEqualTo(new SocketCount(0, 0));
        assertThat(fetched(first().countSockets())).isEqualTo(new SocketCount(2, 0));
    }

    @Test
    void aFetchedSocketIsReached() {
        RemoteSocket remote = fetched(first().in(bob.id()).fetchSockets()).get(0);
        remote.emit("e", 1);
        remote.send("text");
        remote.join("r");
        CompletableFuture<@Nullable Integer> answer = remote.timeout(SECOND).call("ask", Integer.class);
        settle();
        // A call may be on another channel than events of a room.
        bob.ack(event(bob, "ask"), 7);
        settle();

        assertThat(bob.received()).containsSubsequence(TestEvent.of("e", 1), TestEvent.of("message", "text"));
        assertThat(alice.received()).isEmpty();
        assertThat(answer).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(7);
        assertThat(socket(bob).rooms()).contains("r");

        CompletableFuture<@Nullable Integer> unanswered = remote.timeout(SECOND).call("ask", Integer.class);
        settle();
        pass(SECOND);
        assertThatThrownBy(unanswered::join).hasCauseInstanceOf(AckTimeoutException.class);
        remote.leave("r");
        remote.disconnect(false);
        settle();
        assertThat(bob.closeReason()).isEqualTo("io server disconnect");
    }

    @Test
    void everybodysAnswerCompletesACall() {
        CompletableFuture<AckResponses<Integer>> call = first().timeout(SECOND).call("ask", Integer.class, "x");
        settle();
        bob.ack(bob.received().get(0), 2);
        settle();
        assertThat(call).isNotDone();
        alice.ack(alice.received().get(0), 1);
        settle();

        assertThat(call).isCompleted();
        assertThat(call.join().values()).containsExactly(2, 1);
        assertThat(call.join().complete()).isTrue();
    }

    @Test
    void theTimeoutGivesWhatThereIs() {
        TestClient carol = cluster.get(0).connect();
        CompletableFuture<AckResponses<String>> call = first().timeout(SECOND).call("ask", String.class);
        settle();
        alice.ack(alice.received().get(0), "a");
        settle();
        pass(SECOND.minusMillis(1));
        assertThat(call).isNotDone();
        pass(Duration.ofMillis(1));
        bob.ack(bob.received().get(0), "late");
        carol.ack(carol.received().get(0), "late");
        settle();

        assertThat(call.join().values()).containsExactly("a");
        assertThat(call.join().unanswered()).isEqualTo(2);
        assertThat(call.join().complete()).isFalse();
    }

    @Test
    void aCallOfNobodyIsDoneAtOnce() {
        CompletableFuture<AckResponses<String>> call =
                first().to("nobody").timeout(SECOND).call("ask", String.class);
        settle();

        assertThat(call.join().values()).isEmpty();
        assertThat(call.join().complete()).isTrue();
    }

    @Test
    void answersMayBeBinary() {
        CompletableFuture<AckResponses<byte[]>> call =
                first().to(bob.id()).timeout(SECOND).call("ask", byte[].class);
        settle();
        bob.ack(bob.received().get(0), (Object) new byte[] {4, 5});
        settle();

        assertThat(call.join().values().get(0)).containsExactly(4, 5);
    }

    @Test
    void everyServerIsCounted() {
        for (TestServer server : cluster) {
            CompletableFuture<Integer> count = server.server().serverCount();
            settle();
            assertThat(count).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(servers());
        }
    }

    @Test
    void serversTellAllOthersButNotThemselves() {
        // Servers of a real network report on threads of their own.
        List<String> reported = new CopyOnWriteArrayList<>();
        for (int i = 0; i < servers(); i++) {
            int number = i;
            cluster.get(i).server().onServerSide("hello", String.class, text -> reported.add(number + " " + text));
        }
        first().serverSideEmit("hello", "world");
        first().of("/other").serverSideEmit("hello", "elsewhere");
        first().serverSideEmit("nobody listens");
        settle();

        List<String> expected = new ArrayList<>();
        for (int i = 1; i < servers(); i++) {
            expected.add(i + " world");
        }
        for (int i = 0; i < MOST_ROUNDS && reported.size() < expected.size(); i++) {
            settle();
        }
        assertThat(reported).containsExactlyInAnyOrderElementsOf(expected);
        assertThatThrownBy(() -> first().serverSideEmit("connection")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void serversAnswerEachOtherOnce() {
        for (TestServer server : cluster) {
            server.server()
                    .onServerSideCall(
                            "double", arguments -> 2 * Objects.requireNonNull(arguments.as(0, Integer.class)));
            server.server().onServerSideCall("double", arguments -> -1);
        }
        CompletableFuture<ServerResponses<Integer>> call = first().serverSideCall("double", Integer.class, 21);
        settle();

        assertThat(call.join().values()).isEqualTo(Collections.nCopies(servers() - 1, 42));
        assertThat(call.join().complete()).isTrue();
    }

    @Test
    void answersToServersHaveAnyNumberOfValues() {
        cluster.forEach(server -> server.server().onServerSideCall("e", arguments -> Ack.of(5, null)));
        CompletableFuture<ServerResponses<Arguments>> call = first().serverSideCall("e", Arguments.class);
        settle();
        assertThat(call.join().values())
                .hasSize(servers() - 1)
                .allMatch(answer -> answer.all().equals(Arrays.asList(5, null)));
    }

    @Test
    void aServerThatDoesNotAnswerIsMissing() {
        for (int i = 0; i < servers() - 1; i++) {
            cluster.get(i).server().onServerSideCall("ask", arguments -> "answer");
        }
        CompletableFuture<ServerResponses<String>> call = first().serverSideCall(SECOND, "ask", String.class);
        settle();
        assertThat(call.isDone()).isEqualTo(servers() == 1);
        pass(SECOND);

        assertThat(call.join().missing()).isEqualTo(servers() == 1 ? 0 : 1);
        assertThat(call.join().values()).isEqualTo(Collections.nCopies(Math.max(0, servers() - 2), "answer"));
    }

    @Test
    void listenersHearHowRoomsComeAndGo() {
        List<String> reported = new ArrayList<>();
        first().onRooms(new RoomListener() {
            @Override
            public void created(String room) {
                reported.add("created " + room);
            }

            @Override
            public void joined(String room, String socketId) {
                reported.add("joined " + room + " " + socketId.equals(alice.id()));
            }

            @Override
            public void left(String room, String socketId) {
                reported.add("left " + room + " " + socketId.equals(alice.id()));
            }

            @Override
            public void deleted(String room) {
                reported.add("deleted " + room);
            }
        });
        TestClient carol = cluster.get(0).connect();
        socket(alice).join("r", "r");
        socket(carol).join("r");
        socket(alice).leave("r");
        socket(alice).leave("r");
        carol.disconnect();

        String id = carol.id();
        assertThat(reported)
                .startsWith("created " + id, "joined " + id + " false", "created r", "joined r true", "joined r false")
                .contains("left r true", "left r false", "deleted r", "left " + id + " false", "deleted " + id)
                .hasSize(10);
        assertThat(reported.indexOf("left r false")).isLessThan(reported.indexOf("deleted r"));
    }
}
