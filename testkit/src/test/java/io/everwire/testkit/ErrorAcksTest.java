package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.everwire.BadArgumentsException;
import io.everwire.RefusedException;
import io.everwire.ServerObserver;
import io.everwire.ServerObserver.Outcome;
import io.everwire.ServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Acks that carry an error (C8). An official client takes every ack for a success: its timeout does not fire, and it does not send the
 * event again.
 */
class ErrorAcksTest {
    private static final Map<Outcome, String> EVENTS = Map.of(
            Outcome.UNHANDLED, "unknown",
            Outcome.REFUSED, "refused",
            Outcome.BAD_ARGUMENTS, "number",
            Outcome.FAILED, "broken");

    private final List<String> observed = new ArrayList<>();

    @Test
    void byDefaultOnlyTheApplicationsOwnRefusalIsAnAck() {
        TestClient alice = client(ServerOptions.builder());

        assertThat(alice.emitWithAck("unknown").answered()).isFalse();
        assertThat(alice.emitWithAck("number", "x").answered()).isFalse();
        assertThat(alice.emitWithAck("number").answered()).isFalse();
        assertThat(alice.emitWithAck("broken").answered()).isFalse();
        assertThat(alice.emitWithAck("later").answered()).isFalse();
        assertThat(alice.emitWithAck("unwritable").answered()).isFalse();
        assertThat(alice.emitWithAck("middleware").answered()).isFalse();
        assertThat(alice.emitWithAck("refused").answer())
                .containsExactly(Map.of("error", "refused", "message", "not you", "data", 7));
        assertThat(alice.emitWithAck("number", 1).answer()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "SUCCESS", mode = EnumSource.Mode.EXCLUDE)
    void eachErrorIsAnAckIfItIsChosen(Outcome outcome) {
        TestClient alice = client(ServerOptions.builder().errorAcks(outcome));

        EVENTS.forEach((other, event) ->
                assertThat(alice.emitWithAck(event).answered()).as(event).isEqualTo(other == outcome));
    }

    /** The application chose the data, as it chooses that of a refusal. */
    @Test
    void argumentsThatTheApplicationFoundToBeWrongAreAnAckAsARefusalIs() {
        List<Map<String, String>> fields = List.of(Map.of("field", "age", "message", "must be positive"));
        for (Outcome chosen : List.of(Outcome.REFUSED, Outcome.BAD_ARGUMENTS, Outcome.FAILED)) {
            TestServer test =
                    TestServer.create(ServerOptions.builder().errorAcks(chosen).build());
            test.server().onCall("join", socket -> {
                throw new BadArgumentsException("the arguments are not valid", fields);
            });

            TestCall call = test.connect().emitWithAck("join");

            assertThat(call.answered()).as(chosen.name()).isEqualTo(chosen != Outcome.FAILED);
            if (call.answered()) {
                assertThat(call.answer())
                        .containsExactly(Map.of(
                                "error", "bad_arguments", "message", "the arguments are not valid", "data", fields));
            }
        }
    }

    @Test
    void noErrorIsAnAckIfNoneIsChosen() {
        TestClient alice = client(ServerOptions.builder().errorAcks());

        EVENTS.values()
                .forEach(event -> assertThat(alice.emitWithAck(event).answered())
                        .as(event)
                        .isFalse());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerOptions.builder().errorAcks(Outcome.SUCCESS))
                .withMessageContaining("SUCCESS");
    }

    @Test
    void aHandlerThatFailsBesideOneThatReturnsIsNoSuccess() {
        TestServer test = TestServer.create();
        test.server().on("e", socket -> {
            throw new IllegalStateException("broken");
        });
        test.server().on("e", socket -> {});

        assertThat(test.connect().emitWithAck("e").answered()).isFalse();
    }

    @Test
    void theObserverIsNotifiedOfEventsThatNothingHandles() {
        TestClient alice = client(ServerOptions.builder().observer(new ServerObserver() {
            @Override
            public void handled(String namespace, String event, Outcome outcome, long nanos) {
                observed.add(namespace + " " + event + " " + outcome);
            }
        }));

        alice.emit("unknown").emitWithAck("unknown");

        assertThat(observed).containsExactly("/ unknown UNHANDLED", "/ unknown UNHANDLED");
    }

    private static TestClient client(ServerOptions.Builder options) {
        TestServer test = TestServer.create(options.build());
        test.server().on("number", int.class, (socket, n) -> {});
        test.server().on("refused", socket -> {
            throw new RefusedException("not you", 7);
        });
        test.server().on("broken", socket -> {
            throw new IllegalStateException("secret");
        });
        test.server().onCall("later", socket -> CompletableFuture.failedFuture(new IllegalStateException("secret")));
        test.server().onCall("unwritable", socket -> new Object() {
            @SuppressWarnings("unused") // called by the codec
            public int getValue() {
                throw new IllegalStateException("secret");
            }
        });
        test.server()
                .onConnection(socket -> socket.use((same, event, arguments) -> {
                    if (event.equals("middleware")) {
                        throw new IllegalStateException("secret");
                    }
                }));
        return test.connect();
    }
}
