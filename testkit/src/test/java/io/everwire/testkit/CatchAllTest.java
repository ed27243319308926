package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.AnyHandler;
import io.everwire.HandlerMode;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.TypeToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers of every event, and handlers of one event only. */
class CatchAllTest {
    private final List<String> reported = new ArrayList<>();
    private final TestServer test = TestServer.create();
    private final AnyHandler all = (socket, event, arguments) -> reported.add(event + arguments.all());

    @ParameterizedTest
    @EnumSource
    void onAnyHearsEverythingThatArrivesBeforeItsHandlers(HandlerMode mode) {
        TestServer test =
                TestServer.create(ServerOptions.builder().handlerMode(mode).build());
        test.server().onAny(all);
        test.server().on("e", socket -> reported.add("handler"));
        test.server().onConnection(socket -> {
            socket.onAny((same, event, arguments) -> reported.add("own"));
            socket.listeners().prependAny((same, event, arguments) -> reported.add("own first"));
            socket.onAny(all).remove();
        });

        TestClient alice = test.connect();
        alice.emit("e", 1, "a").send("text");
        assertThat(alice.emitWithAck("\u00e4").answered()).isFalse();

        assertThat(reported)
                .containsExactly(
                        "e[1, a]",
                        "own first",
                        "own",
                        "handler",
                        "message[text]",
                        "own first",
                        "own",
                        "\u00e4[]",
                        "own first",
                        "own");
    }

    @Test
    void onAnyHearsOfEventsThatMiddlewareRefuses() {
        test.server()
                .onConnection(socket -> socket.use((same, event, arguments) -> {
                    throw new RefusedException("no");
                }));
        test.server().onAny(all);

        test.connect().emit("e");

        assertThat(reported).containsExactly("e[]");
    }

    @Test
    void whatACatchAllThrowsChangesNothing() {
        test.server().onAny((socket, event, arguments) -> {
            throw new IllegalStateException("broken");
        });
        test.server().onAny(all);
        test.server().onCall("e", socket -> 1);

        assertThat(test.connect().emitWithAck("e").answer()).containsExactly(1);
        assertThat(reported).containsExactly("e[]");
    }

    @ParameterizedTest
    @EnumSource
    void onAnyOutgoingHearsOfEverythingSentOnceForEachReceiver(HandlerMode mode) {
        TestServer test =
                TestServer.create(ServerOptions.builder().handlerMode(mode).build());
        test.server().onCall("e", socket -> "an ack is no event");
        TestClient alice = test.connect();
        TestClient bob = test.connect();
        Socket socket = Objects.requireNonNull(test.server().sockets().get(alice.id()));
        socket.onAnyOutgoing(all);
        test.server().onAnyOutgoing((to, event, arguments) -> reported.add(to == socket ? "to alice" : "to bob"));

        test.server().emit("news", 1);
        assertThat(reported).containsExactlyInAnyOrder("to alice", "news[1]", "to bob");
        reported.clear();
        socket.send("text");
        socket.timeout(Duration.ofSeconds(1)).call("question", String.class);
        assertThat(alice.emitWithAck("e").answered()).isTrue();
        socket.broadcast().emit("others");
        bob.disconnect();
        test.server().of("/").emit("last");

        assertThat(reported)
                .containsExactly("to alice", "message[text]", "to alice", "question[]", "to bob", "to alice", "last[]");
    }

    @Test
    void nothingIsHeardOfWhatIsNotSent() {
        TestClient alice = test.connect();
        Socket socket = Objects.requireNonNull(test.server().sockets().get(alice.id()));
        socket.onAnyOutgoing(all);
        alice.disconnect();

        socket.emit("late");
        test.server().to(alice.id()).emit("late");

        assertThat(reported).isEmpty();
    }

    @Test
    void whatHearsOfEveryEventCanBeListedAndTakenOff() {
        AnyHandler other = (socket, event, arguments) -> reported.add("other");
        test.server().onAny(all);
        test.server().listeners().prependAny(other);
        assertThat(test.server().listeners().listenersAny()).containsExactly(other, all);
        TestClient alice = test.connect();

        test.server().listeners().offAny(other);
        alice.emit("e");
        assertThat(reported).containsExactly("e[]");
        assertThat(test.server().listeners().listenersAny()).containsExactly(all);

        test.server().listeners().offAny();
        test.server().listeners().offAny(all);
        alice.emit("f");
        assertThat(reported).containsExactly("e[]");
        assertThat(test.server().listeners().listenersAny()).isEmpty();
    }

    @Test
    void whatHearsOfEverythingSentCanBeListedAndTakenOff() {
        TestClient alice = test.connect();
        Socket socket = Objects.requireNonNull(test.server().sockets().get(alice.id()));
        AnyHandler first = (same, event, arguments) -> reported.add("first");
        socket.onAnyOutgoing(all);
        socket.listeners().prependAnyOutgoing(first);
        assertThat(socket.listeners().listenersAnyOutgoing()).containsExactly(first, all);

        socket.emit("e");
        assertThat(reported).containsExactly("first", "e[]");
        socket.listeners().offAnyOutgoing(first);
        socket.emit("f");
        assertThat(reported).containsExactly("first", "e[]", "f[]");
        socket.listeners().offAnyOutgoing();
        socket.emit("g");
        assertThat(reported).hasSize(3);
        assertThat(socket.listeners().listenersAnyOutgoing()).isEmpty();
    }

    @Test
    void childrenAreHeardByTheirParent() {
        test.server().of(Pattern.compile("/.+")).onAny(all);
        test.server()
                .of(Pattern.compile("/.+"))
                .listeners()
                .prependAny((socket, event, arguments) -> reported.add("not mine"));
        test.server().of("/a").onAnyOutgoing(all);

        test.connect("/a").emit("in");
        test.server().of("/a").emit("out");

        assertThat(reported).containsExactly("in[]", "out[]");
    }

    @Test
    void onceHearsTheFirstEventOnly() {
        test.server().once("e", socket -> reported.add("0"));
        test.server().once("e", String.class, (socket, a) -> reported.add(a));
        test.server().once("e", String.class, String.class, (socket, a, b) -> reported.add(a + b));
        test.server().once("e", String.class, String.class, String.class, (socket, a, b, c) -> reported.add(a + b + c));
        test.server()
                .once(
                        "e",
                        String.class,
                        String.class,
                        String.class,
                        String.class,
                        (socket, a, b, c, d) -> reported.add(a + b + c + d));
        test.server().once("e", new TypeToken<List<String>>() {}, (socket, a) -> reported.add("not reached"));
        test.server().onceRaw("raw", (socket, arguments) -> arguments.size());
        TestClient alice = test.connect();
        TestClient bob = test.connect();

        alice.emit("e", "1", "2", "3", "4").emit("e", "x", "x", "x", "x");
        bob.emit("e", "x", "x", "x", "x");

        assertThat(reported).containsExactly("0", "1", "12", "123", "1234");
        assertThat(alice.emitWithAck("raw", 1, 2).answer()).containsExactly(2);
        assertThat(alice.emitWithAck("raw", 1, 2).answered()).isFalse();
    }

    @Test
    void onceOfASocketIsItsOwnAndMayBeTakenBack() {
        test.server().onConnection(socket -> {
            socket.once("e", same -> reported.add("once"));
            socket.once("e", same -> reported.add("taken back")).remove();
        });

        test.connect().emit("e").emit("e");
        test.connect().emit("e");

        assertThat(reported).containsExactly("once", "once");
    }

    @Test
    void aHandlerAddedOnceMayAddItselfAgain() {
        test.server().once("e", socket -> {
            reported.add("first");
            socket.once("e", same -> reported.add("second"));
        });

        test.connect().emit("e").emit("e").emit("e");

        assertThat(reported).containsExactly("first", "second");
    }
}
