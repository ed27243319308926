package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.AckTimeoutException;
import io.everwire.AcksUnsupportedException;
import io.everwire.Arguments;
import io.everwire.BadArgumentsException;
import io.everwire.DisconnectedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.TypeToken;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Results of {@link Socket#call}. */
class CallsTest {
    private final TestServer test = TestServer.create(
            ServerOptions.builder().ackTimeout(Duration.ofSeconds(3)).build());
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();
    private final Socket socket = Objects.requireNonNull(server.sockets().get(alice.id()));

    @Test
    void theAnswerCompletesTheCall() {
        CompletableFuture<Integer> answer = socket.call("sum", Integer.class, 1, 2);
        TestEvent event = alice.received().get(0);
        assertThat(event).isEqualTo(TestEvent.of("sum", 1, 2));
        assertThat(event.wantsAck()).isTrue();
        assertThat(answer).isNotDone();

        alice.ack(event, 3);

        assertThat(answer).isCompletedWithValue(3);
        assertThat(test.time().timers()).isZero();
    }

    @Test
    void theAnswerMayBeOfATypeThatAClassCannotSay() {
        CompletableFuture<List<String>> answer =
                socket.timeout(Duration.ofSeconds(1)).call("list", new TypeToken<List<String>>() {});

        alice.ack(alice.received().get(0), List.of("a", "b"));

        assertThat(answer).isCompletedWithValue(List.of("a", "b"));
    }

    @Test
    void anEmptyAnswerIsNull() {
        CompletableFuture<String> answer = socket.call("e", String.class);

        alice.ack(alice.received().get(0));

        assertThat(answer).isCompletedWithValue(null);
    }

    @Test
    void theTypeVoidWaitsForAnyAnswer() {
        CompletableFuture<Void> empty = socket.call("e", Void.class);
        CompletableFuture<Void> full = socket.call("e", Void.class);

        alice.ack(alice.received().get(0));
        alice.ack(alice.received().get(1), "a value", 2);

        assertThat(empty).isCompletedWithValue(null);
        assertThat(full).isCompletedWithValue(null);
    }

    @Test
    void severalCallsAreAnsweredInAnyOrder() {
        CompletableFuture<String> first = socket.call("e", String.class);
        CompletableFuture<String> second = socket.call("e", String.class);

        alice.ack(alice.received().get(1), "two");
        alice.ack(alice.received().get(0), "one");

        assertThat(first).isCompletedWithValue("one");
        assertThat(second).isCompletedWithValue("two");
    }

    @Test
    void noAnswerInTimeFailsTheCallAndALateOneIsIgnored() {
        CompletableFuture<String> answer = socket.call("e", String.class);

        test.advance(Duration.ofMillis(2_999));
        assertThat(answer).isNotDone();
        test.advance(Duration.ofMillis(1));
        assertFailed(answer, AckTimeoutException.class);

        alice.ack(alice.received().get(0), "late");
        assertFailed(answer, AckTimeoutException.class);
        assertThat(alice.connected()).isTrue();
    }

    @Test
    void theTimeoutOfOneCallCanBeSet() {
        CompletableFuture<String> answer = socket.timeout(Duration.ofMillis(10)).call("e", String.class);

        test.advance(Duration.ofMillis(10));

        assertFailed(answer, AckTimeoutException.class);
        assertThatThrownBy(() -> socket.timeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout");
    }

    @Test
    void anAnswerThatDoesNotFitFailsTheCall() {
        CompletableFuture<Integer> answer = socket.call("e", Integer.class);

        alice.ack(alice.received().get(0), "no number");

        assertFailed(answer, BadArgumentsException.class);
    }

    @Test
    void anAnswerWhoseTypeIsBrokenFailsTheCall() {
        CompletableFuture<Broken> answer = socket.call("e", Broken.class);

        alice.ack(alice.received().get(0), Map.of("value", 1));

        assertThat(answer).isCompletedExceptionally();
    }

    @Test
    void aSecondAnswerAndOneThatNobodyWaitsForAreIgnored() {
        CompletableFuture<String> answer = socket.call("e", String.class);

        alice.ack(alice.received().get(0), "first").ack(alice.received().get(0), "second");
        alice.connection().send(new Packet.Ack("/", 4711, JsonArray.EMPTY, List.of()));

        assertThat(answer).isCompletedWithValue("first");
        assertThat(alice.connected()).isTrue();
    }

    @Test
    void disconnectingFailsTheCallsThatWait() {
        CompletableFuture<String> first = socket.call("e", String.class);
        CompletableFuture<String> second = socket.call("e", String.class);

        alice.connection().close();

        assertFailed(first, DisconnectedException.class);
        assertFailed(second, DisconnectedException.class);
        assertThat(test.time().timers()).isZero();
    }

    @Test
    void callingWhoHasLeftFailsAtOnce() {
        alice.disconnect();

        assertFailed(socket.call("e", String.class), DisconnectedException.class);
        assertThat(test.time().timers()).isZero();
    }

    @Test
    void aGenerationWithoutAcksFailsAtOnceAndIsSentNothing() {
        TestClient old = test.opening().withoutAcks().open().connect("/");
        Socket ancient = Objects.requireNonNull(server.sockets().get(old.id()));

        CompletableFuture<String> answer = ancient.call("e", String.class);

        assertFailed(answer, AcksUnsupportedException.class);
        assertThat(old.received()).isEmpty();
    }

    @Test
    void whatFollowsFromAnAnswerMayUseTheSocket() {
        List<String> reported = new ArrayList<>();
        CompletableFuture<Void> all = socket.call("name", String.class)
                .thenCompose(name -> socket.call("greet " + name, String.class))
                .thenAccept(reported::add);

        alice.ack(alice.received().get(0), "Alice");
        alice.ack(alice.received().get(1), "hello");

        assertThat(all).isCompleted();
        assertThat(alice.received().get(1).name()).isEqualTo("greet Alice");
        assertThat(reported).containsExactly("hello");
    }

    /** A type that cannot be initialized. */
    static final class Broken {
        static {
            if (true) {
                throw new AssertionError("broken type");
            }
        }

        public int value;
    }

    private static void assertFailed(CompletableFuture<?> call, Class<? extends Throwable> with) {
        assertThat(call).isCompletedExceptionally();
        assertThatThrownBy(call::join).hasCauseInstanceOf(with);
    }

    /** C1: the client may send any number of values. */
    @Test
    void argumentsAreAllValuesOfAnAnswer() {
        CompletableFuture<Arguments> two = socket.call("e", Arguments.class);
        CompletableFuture<Arguments> isNull =
                socket.timeout(Duration.ofSeconds(1)).call("e", Arguments.class);
        CompletableFuture<Arguments> empty = socket.emitWithAck("e", Arguments.class);

        alice.ack(alice.received().get(0), 5, Map.of("test", true), new byte[] {1, 2});
        alice.ack(alice.received().get(1), (Object) null);
        alice.ack(alice.received().get(2));

        assertThat(two.join().size()).isEqualTo(3);
        assertThat(two.join().as(0, int.class)).isEqualTo(5);
        assertThat(two.join().as(1, Map.class)).isEqualTo(Map.of("test", true));
        assertThat(two.join().as(2, byte[].class)).containsExactly(1, 2);
        assertThat(isNull.join().size()).isEqualTo(1);
        assertThat(isNull.join().as(0, String.class)).isNull();
        assertThat(empty.join().size()).isZero();
    }
}
