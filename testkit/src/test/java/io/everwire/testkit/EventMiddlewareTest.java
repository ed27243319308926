package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Middleware of the events of a socket. */
class EventMiddlewareTest {
    private final List<String> reported = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void everyEventPassesInOrder(HandlerMode mode) {
        TestClient alice = connect(mode, socket -> {
            socket.use((same, event, arguments) -> reported.add("first " + event + arguments.all()));
            socket.use((same, event, arguments) -> reported.add("second " + event));
            socket.use((same, event, arguments) -> reported.add("gone")).remove();
        });

        alice.emit("e", 1, "a").send("text");

        assertThat(reported)
                .containsExactly("first e[1, a]", "second e", "handled e", "first message[text]", "second message");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedEventIsNotHandledAndNothingIsSent(HandlerMode mode) {
        RefusedException refusal = new RefusedException("no");
        TestClient alice = connect(
                mode,
                socket -> socket.use((same, event, arguments) -> {
                    throw refusal;
                }));

        alice.emit("e");

        assertThat(reported).isEmpty();
        assertThat(errors).containsExactly(refusal, refusal);
        assertThat(alice.received()).isEmpty();
        assertThat(alice.connected()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whoAskedForAnAckIsToldOfTheRefusal(HandlerMode mode) {
        TestClient alice = connect(
                mode,
                socket -> socket.use((same, event, arguments) -> {
                    if (event.equals("refused")) {
                        throw new RefusedException("no", Map.of("code", 7));
                    }
                    throw new IllegalStateException("secret");
                }));

        assertThat(alice.emitWithAck("refused").answer())
                .containsExactly(Map.of("error", "refused", "message", "no", "data", Map.of("code", 7)));
        assertThat(alice.emitWithAck("e").answered()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void eventsWaitForMiddlewareThatDecidesLaterAndKeepTheirOrder(HandlerMode mode) {
        List<CompletableFuture<Void>> decisions = new ArrayList<>();
        TestClient alice = connect(
                mode,
                socket -> socket.useAsync((same, event, arguments) -> {
                    decisions.add(new CompletableFuture<>());
                    return decisions.get(decisions.size() - 1);
                }));

        alice.emit("e", 1).emit("e", 2).emit("e", 3);
        assertThat(reported).isEmpty();
        assertThat(decisions).hasSize(1);

        decisions.get(0).complete(null);
        assertThat(reported).containsExactly("handled e");
        decisions.get(1).completeExceptionally(new RefusedException("no"));
        assertThat(reported).hasSize(1);
        decisions.get(2).complete(null);

        assertThat(reported).containsExactly("handled e", "handled e");
        assertThat(errors).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aSecondDecisionFollowsTheFirst(HandlerMode mode) {
        CompletableFuture<Void> decision = new CompletableFuture<>();
        TestClient alice = connect(mode, socket -> {
            socket.useAsync((same, event, arguments) -> decision);
            socket.useAsync((same, event, arguments) -> CompletableFuture.completedFuture(1));
            socket.use((same, event, arguments) -> reported.add("last"));
        });
        alice.emit("e").emit("e");

        decision.complete(null);

        assertThat(reported).containsExactly("last", "handled e", "last", "handled e");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDecidedAfterTheSocketEndedIsNotHandled(HandlerMode mode) {
        CompletableFuture<Void> decision = new CompletableFuture<>();
        TestClient alice = connect(mode, socket -> socket.useAsync((same, event, arguments) -> decision));
        alice.emit("e").emit("e");

        alice.connection().close();
        decision.complete(null);

        assertThat(reported).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aClientIsNotReadWhileTooMuchWaitsForADecision(HandlerMode mode) {
        CompletableFuture<Void> decision = new CompletableFuture<>();
        TestClient alice = connect(mode, socket -> socket.useAsync((same, event, arguments) -> decision));
        for (int i = 0; i < 50; i++) {
            alice.emit("e", "x".repeat(1_000));
        }
        assertThat(alice.connection().webSocket().isRead()).isFalse();

        decision.complete(null);

        assertThat(alice.connection().webSocket().isRead()).isTrue();
        assertThat(reported).hasSize(50);
    }

    @ParameterizedTest
    @EnumSource
    void onErrorHearsOfHandlersThatFailToo(HandlerMode mode) {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        IllegalStateException thrown = new IllegalStateException("thrown");
        IllegalStateException later = new IllegalStateException("later");
        TestClient alice = connect(mode, socket -> {
            socket.on("throws", same -> {
                throw thrown;
            });
            socket.onCall("later", same -> stage);
            socket.onCall("refuses", same -> {
                throw new RefusedException("no");
            });
        });

        alice.emit("throws").emit("later");
        stage.completeExceptionally(later);
        assertThat(errors).containsExactly(thrown, thrown, later, later);

        assertThat(alice.emitWithAck("refuses").answer()).containsExactly(Map.of("error", "refused", "message", "no"));
    }

    private TestClient connect(HandlerMode mode, Consumer<Socket> listener) {
        TestServer test = TestServer.create(ServerOptions.builder()
                .handlerMode(mode)
                .maxPendingInput(10_000)
                .build());
        test.server().on("e", socket -> reported.add("handled e"));
        test.server().onError((socket, error) -> errors.add(error));
        test.server().onConnection(listener);
        test.server().onConnection(socket -> socket.onError(errors::add));
        return test.connect();
    }
}
