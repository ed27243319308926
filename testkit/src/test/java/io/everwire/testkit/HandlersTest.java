package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Ack;
import io.everwire.Arguments;
import io.everwire.Attribute;
import io.everwire.EventHandler;
import io.everwire.Registration;
import io.everwire.ServerObserver.Outcome;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.TypeToken;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The choice of handlers and their arguments. */
class HandlersTest {
    private final TestServer test = TestServer.create(ServerOptions.builder()
            .errorAcks(Outcome.UNHANDLED, Outcome.REFUSED, Outcome.BAD_ARGUMENTS, Outcome.FAILED)
            .build());
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();
    private final Socket socket = Objects.requireNonNull(server.sockets().get(alice.id()));
    private final List<Object> reported = new ArrayList<>();

    /** An event of a client of a drawing board. */
    record Move(int x, int y) {}

    @Test
    void zeroToFourArgumentsAreBoundToTheirTypes() {
        server.on("e0", from -> reported.add(0));
        server.on("e1", String.class, (from, a) -> reported.add(List.of(a)));
        server.on("e2", String.class, Integer.class, (from, a, b) -> reported.add(List.of(a, b)));
        server.on("e3", Move.class, Boolean.class, Double.class, (from, a, b, c) -> reported.add(List.of(a, b, c)));
        server.on(
                "e4",
                String.class,
                Long.class,
                Map.class,
                byte[].class,
                (from, a, b, c, d) -> reported.add(List.of(a, b, c, d.length)));

        alice.emit("e0").emit("e1", "x").emit("e2", "x", 2);
        alice.emit("e3", new Move(1, 2), true, 0.5);
        alice.emit("e4", "x", 1L << 40, Map.of("k", "v"), new byte[3]);

        assertThat(reported)
                .containsExactly(
                        0,
                        List.of("x"),
                        List.of("x", 2),
                        List.of(new Move(1, 2), true, 0.5),
                        List.of("x", 1L << 40, Map.of("k", "v"), 3));
    }

    @Test
    void aTypeTokenSaysWhatAClassCannot() {
        server.on("moves", new TypeToken<List<Move>>() {}, (from, moves) -> reported.addAll(moves));

        alice.emit("moves", List.of(new Move(1, 2), new Move(3, 4)));

        assertThat(reported).containsExactly(new Move(1, 2), new Move(3, 4));
    }

    @Test
    void moreArgumentsThanWantedAreLeftOut() {
        server.on("e", String.class, (from, a) -> reported.add(a));

        alice.emit("e", "x", "y", "z");

        assertThat(reported).containsExactly("x");
    }

    @Test
    void aMissingArgumentIsToldToTheClient() {
        server.on("e", String.class, String.class, (from, a, b) -> reported.add(a));

        TestCall call = alice.emitWithAck("e", "x");

        assertThat(reported).isEmpty();
        assertThat(call.answer()).containsExactly(Map.of("error", "bad_arguments", "message", "argument 2 is missing"));
    }

    @Test
    void anArgumentThatDoesNotFitIsToldToTheClient() {
        server.on("e", Move.class, (from, a) -> reported.add(a));

        Map<?, ?> answer = (Map<?, ?>) Objects.requireNonNull(
                alice.emitWithAck("e", "not a move").answer().get(0));

        assertThat(reported).isEmpty();
        assertThat(answer.get("error")).isEqualTo("bad_arguments");
        assertThat(answer.get("message")).as("nothing about types").isEqualTo("argument 1 does not fit");
    }

    @Test
    void badArgumentsWithoutAnAckDisturbNobody() {
        server.on("e", Move.class, (from, a) -> reported.add(a));

        alice.emit("e").emit("e", "x").emit("e", new Move(1, 2));

        assertThat(reported).containsExactly(new Move(1, 2));
        assertThat(alice.connected()).isTrue();
        assertThat(alice.received()).isEmpty();
    }

    @Test
    void nullDoesNotFitATypeThatDoesNotPermitIt() {
        server.onCall("e", String.class, Object.class, (from, a, b) -> reported.add(a + " " + b));

        TestCall call = alice.emitWithAck("e", "a", null);

        assertThat(reported).isEmpty();
        assertThat(call.answer()).containsExactly(Map.of("error", "bad_arguments", "message", "argument 2 is null"));
    }

    @Test
    void nullFitsATypeThatPermitsIt() {
        server.on("token", TypeToken.nullable(String.class), (from, a) -> reported.add("token " + a));
        server.on("annotated", new TypeToken<@Nullable String>() {}, (from, a) -> reported.add("annotated " + a));
        server.on("list", TypeToken.nullable(new TypeToken<List<String>>() {}), (from, a) -> reported.add("list " + a));
        server.on("optional", new TypeToken<Optional<String>>() {}, (from, a) -> reported.add(a));
        server.onMessage((from, message) -> reported.add("message " + message));

        alice.emit("token", (Object) null);
        alice.emit("annotated", (Object) null);
        alice.emit("list", (Object) null);
        alice.emit("optional", (Object) null);
        alice.emit("message", (Object) null);

        assertThat(reported)
                .containsExactly("token null", "annotated null", "list null", Optional.empty(), "message null");
    }

    @Test
    void aRawHandlerDecidesWhetherAnArgumentMayBeNull() {
        server.onRaw("e", (from, arguments) -> {
            reported.add(String.valueOf(arguments.as(0, String.class)));
            return arguments.require(0, String.class);
        });

        assertThat(alice.emitWithAck("e", (Object) null).answer())
                .containsExactly(Map.of("error", "bad_arguments", "message", "argument 1 is null"));
        assertThat(reported).containsExactly("null");
    }

    @Test
    void rawHandlersSeeAllArguments() {
        server.onRaw("e", (from, arguments) -> {
            reported.add(arguments.size());
            reported.addAll(arguments.all());
            reported.add(arguments.as(1, Integer.class));
            return Ack.none();
        });

        alice.emit("e", "x", 2, List.of(3));
        alice.emit("e", 1, 2);

        assertThat(reported).containsExactly(3, "x", 2, List.of(3), 2, 2, 1, 2, 2);
    }

    @Test
    void anArgumentThatIsNotThereIsMissingToRawHandlersToo() {
        server.onRaw("e", (from, arguments) -> arguments.as(0, String.class));

        assertThat(alice.emitWithAck("e").answer().toString()).contains("argument 1 is missing");
    }

    @Test
    void handlersOfTheServerComeBeforeThoseOfTheSocketEachInTheOrderAdded() {
        socket.on("e", from -> reported.add("own 1"));
        server.on("e", from -> reported.add("shared 1"));
        socket.on("e", from -> reported.add("own 2"));
        server.on("e", from -> reported.add("shared 2"));

        alice.emit("e");

        assertThat(reported).containsExactly("shared 1", "shared 2", "own 1", "own 2");
    }

    @Test
    void aHandlerIsGivenTheSocketTheEventCameFrom() {
        server.on("e", reported::add);

        alice.emit("e");

        assertThat(reported).containsExactly(socket);
    }

    @Test
    void handlersOfOneSocketHearNoOther() {
        TestClient bob = test.connect();
        socket.on("e", from -> reported.add("alice"));

        bob.emit("e");

        assertThat(reported).isEmpty();
    }

    @Test
    void aClosedRegistrationIsCalledNoMoreAndOnlyThatOne() {
        Registration first = server.on("e", from -> reported.add(1));
        server.on("e", from -> reported.add(2));
        first.remove();
        first.remove();

        alice.emit("e");

        assertThat(reported).containsExactly(2);
    }

    @Test
    void theSameHandlerAddedTwiceIsRemovedOneByOne() {
        EventHandler handler = (from, arguments) -> reported.add("x");
        server.onRaw("e", handler);
        server.onRaw("e", handler).remove();

        alice.emit("e");

        assertThat(reported).containsExactly("x");
    }

    @Test
    void offRemovesAllThatWereAddedThere() {
        server.on("e", from -> reported.add("shared"));
        server.on("e", from -> reported.add("shared"));
        socket.on("e", from -> reported.add("own"));

        server.off("e");
        server.off("never added");
        alice.emit("e");

        assertThat(reported).containsExactly("own");
    }

    @Test
    void offWithoutANameRemovesTheHandlersOfAllEvents() {
        test.server().on("a", socket -> {});
        test.server().on("\u00e4 \"", socket -> {});
        test.server().on("\u00e4 \"", socket -> {});
        assertThat(test.server().listeners().eventNames()).containsExactlyInAnyOrder("a", "\u00e4 \"");
        assertThat(test.server().listeners().listenerCount("\u00e4 \"")).isEqualTo(2);
        assertThat(test.server().listeners().listenerCount("b")).isZero();

        test.server().off();

        assertThat(test.server().listeners().eventNames()).isEmpty();
        assertThat(test.connect().emitWithAck("a").answer().toString()).contains("unhandled");
    }

    @Test
    void aHandlerMayAddAndRemoveHandlersWhileItRuns() {
        server.on("e", from -> {
            reported.add("first");
            from.off("e");
            from.on("e", same -> reported.add("second"));
        });

        alice.emit("e").emit("e");

        assertThat(reported).containsExactly("first", "first", "second");
    }

    @Test
    void aNameIsTheSameHoweverItIsWritten() {
        server.on("a/\"\u00e9", from -> reported.add("escaped"));

        event("\"\\u0061\\/\\\"\\u00E9\"");
        event("\"a/\\\"\u00e9\"");

        assertThat(reported).containsExactly("escaped", "escaped");
    }

    @Test
    void aNumberIsANameToo() {
        server.on("42", from -> reported.add("number"));

        event("42");
        event("\"42\"");

        assertThat(reported).containsExactly("number", "number");
    }

    @Test
    void namesOfAnyKindGoOutAndComeIn() {
        for (String name : List.of("", " ", "é € 😀", "</script>", "\u2028", "a\nb", "\\", "\u0000", "__proto__")) {
            server.on(name, String.class, (from, a) -> from.emit(name, a));

            alice.emit(name, "x");

            assertThat(alice.received()).last().isEqualTo(TestEvent.of(name, "x"));
        }
    }

    @Test
    void aHandlerThatThrowsDoesNotStopTheOthersNorTheSocket() {
        server.on("e", from -> {
            throw new IllegalStateException("broken");
        });
        server.on("e", from -> {
            throw new AssertionError("broken badly");
        });
        server.on("e", from -> {
            throw new Exception("checked");
        });
        server.on("e", from -> reported.add("called"));

        alice.emit("e").emit("e");

        assertThat(reported).containsExactly("called", "called");
        assertThat(alice.connected()).isTrue();
    }

    @Test
    void attributesStayWithTheSocket() {
        Attribute<String> name = Attribute.of("name");
        Attribute<String> sameName = Attribute.of("name");
        server.on("name", String.class, (from, a) -> from.attributes().set(name, a));
        server.on("who", from -> reported.add(String.valueOf(from.attributes().get(name))));

        alice.emit("name", "Alice").emit("who");
        test.connect().emit("who");
        assertThat(reported).containsExactly("Alice", "null");
        assertThat(socket.attributes().get(sameName)).isNull();

        socket.attributes().remove(name);
        assertThat(socket.attributes().get(name)).isNull();
    }

    @Test
    void argumentsMayBeReadAfterTheHandlerReturned() {
        List<Arguments> kept = new ArrayList<>();
        server.onRaw("e", (from, arguments) -> kept.add(arguments));

        alice.emit("e", "x", new byte[] {7});
        alice.emit("other");

        assertThat(kept.get(0).as(0, String.class)).isEqualTo("x");
        assertThat(kept.get(0).as(1, byte[].class)).containsExactly(7);
    }

    private void event(String jsonName) {
        alice.connection().send(new Packet.Event("/", Packet.NO_ACK, JsonArray.of(Bytes.utf8(jsonName)), List.of()));
    }
}
