package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.everwire.AckResponses;
import io.everwire.Registration;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rooms, broadcasts and namespaces: mistakes of other servers. One nested class for each feature. */
class ThirdPartyServerMistakesTest {
    private final TestServer test = TestServer.create();
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();
    private final TestClient bob = test.connect();
    private final List<String> reported = new ArrayList<>();

    @Nested
    class Rooms {
        @Test
        void joiningAfterTheEndLeavesNothingBehind() {
            Socket socket = socket(alice);
            socket.join("room");
            alice.disconnect();

            socket.join("room", "other");

            assertThat(server.in("room", "other").sockets()).isEmpty();
            assertThat(socket.rooms()).isEmpty();
        }

        @Test
        void everySocketIsInTheRoomOfItsId() {
            server.to(alice.id()).emit("e");

            assertThat(alice.received()).containsExactly(TestEvent.of("e"));
            assertThat(bob.received()).isEmpty();
        }
    }

    @Nested
    class Broadcast {
        @Test
        void theSenderIsLeftOut() {
            socket(alice).join("room");
            socket(bob).join("room");

            socket(alice).to("room").emit("e");
            socket(alice).broadcast().emit("f");

            assertThat(alice.received()).isEmpty();
            assertThat(bob.received()).containsExactly(TestEvent.of("e"), TestEvent.of("f"));
        }

        @Test
        void whoIsInTwoRoomsIsSentItOnce() {
            socket(alice).join("a", "b");

            server.to("a").to("b").emit("e");
            server.to("a", "b").to(alice.id()).emit("f");

            assertThat(alice.received()).containsExactly(TestEvent.of("e"), TestEvent.of("f"));
        }

        @Test
        void oneReceiverThatIsGoneDoesNotEndIt() {
            server.onConnection(socket -> socket.onAnyOutgoing((same, event, arguments) -> {
                throw new IllegalStateException("a listener that fails");
            }));
            TestClient carol = test.connect();
            alice.connection().close();

            server.emit("e");

            assertThat(bob.received()).containsExactly(TestEvent.of("e"));
            assertThat(carol.received()).containsExactly(TestEvent.of("e"));
        }
    }

    @Nested
    class BroadcastAck {
        @Test
        void itEndsWithoutThoseWhoNeverAnswer() {
            CompletableFuture<AckResponses<String>> call =
                    server.timeout(Duration.ofSeconds(5)).call("ask", String.class);
            alice.ack(alice.received().get(0), "yes");
            assertThat(call).isNotDone();

            test.advance(Duration.ofSeconds(5));

            assertThat(call.join().values()).containsExactly("yes");
            assertThat(call.join().missing()).containsExactly(bob.id());
        }

        @Test
        void itHasATimeoutThoughNoneIsSet() {
            CompletableFuture<AckResponses<String>> call = server.call("ask", String.class);

            test.advance(server.options().ackTimeout());

            assertThat(call).isDone();
        }

        @Test
        void itDoesNotWaitForThoseWhoLeave() {
            CompletableFuture<AckResponses<String>> call = server.call("ask", String.class);
            alice.ack(alice.received().get(0), "yes");

            bob.connection().close();

            assertThat(call.join().values()).containsExactly("yes");
        }
    }

    @Nested
    class DynamicNamespaces {
        @Test
        void whatTheParentHasHoldsForTheChild() {
            var family = server.of(Pattern.compile("/tenant-\\d+"));
            family.use(
                    socket -> reported.add("middleware of " + socket.namespace().name()));
            family.onConnection(
                    socket -> reported.add("connection to " + socket.namespace().name()));
            family.on("e", socket -> reported.add("event"));

            test.connect("/tenant-1").emit("e");

            assertThat(reported).containsExactly("middleware of /tenant-1", "connection to /tenant-1", "event");
        }

        @Test
        void aNameIsOneNamespaceHoweverOftenItIsAskedFor() {
            server.of(Pattern.compile("/tenant-\\d+"));
            Registration registration = server.onNewNamespace(made -> reported.add(made.name()));

            TestClient first = test.connect("/tenant-1");
            TestClient second = test.connect("/tenant-1");
            server.of("/tenant-1").emit("e");

            assertThat(reported).containsExactly("/tenant-1");
            assertThat(first.received()).isEqualTo(second.received()).hasSize(1);
            assertThatCode(registration::remove).doesNotThrowAnyException();
        }
    }

    @Nested
    class Shutdown {
        @Test
        void everybodyIsToldAndNoTimerIsLeft() {
            server.onDisconnect((socket, reason) -> reported.add(reason.toString()));
            server.call("ask", String.class);

            test.close();

            assertThat(reported).containsExactly("server shutting down", "server shutting down");
            assertThat(alice.connection().closed()).isTrue();
            assertThat(test.time().timers()).isZero();
        }
    }

    private Socket socket(TestClient client) {
        return Objects.requireNonNull(server.sockets().get(client.id()));
    }
}
