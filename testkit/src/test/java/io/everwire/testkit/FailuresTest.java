package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.BadArgumentsException;
import io.everwire.HttpRefusedException;
import io.everwire.RefusedException;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A10: a failure is the same, whether it is thrown at once or is the result of a stage. */
class FailuresTest {
    private static final Map<String, Object> REFUSED =
            Map.of("error", "refused", "message", "not today", "data", Map.of("until", 5));

    /** The ways in which application code fails. */
    enum Way {
        THROWN,
        THROWN_BY_A_JOIN,
        THROWN_BY_A_GET,
        FAILED_STAGE,
        FAILED_STAGE_OF_ANOTHER,
        FAILED_LATER;

        private final CompletableFuture<Object> later = new CompletableFuture<>();

        /** Fails in this way. */
        CompletionStage<Object> fail(Exception failure) throws Exception {
            return switch (this) {
                case THROWN -> throw failure;
                case THROWN_BY_A_JOIN -> throw new CompletionException(failure);
                case THROWN_BY_A_GET -> throw new ExecutionException(failure);
                case FAILED_STAGE -> CompletableFuture.failedFuture(failure);
                case FAILED_STAGE_OF_ANOTHER ->
                    CompletableFuture.failedFuture(failure).thenApply(same -> same);
                case FAILED_LATER -> {
                    CompletableFuture<Object> pending = new CompletableFuture<>();
                    waiting.add(() -> pending.completeExceptionally(failure));
                    yield pending;
                }
            };
        }

        private final List<Runnable> waiting = new ArrayList<>();

        void endAll() {
            List<Runnable> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(Runnable::run);
        }
    }

    private final List<String> observed = new ArrayList<>();
    private final List<Throwable> reported = new ArrayList<>();
    private final List<String> named = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void ofHandlers(Way way) {
        TestServer test = TestServer.create(ServerOptions.builder()
                .observer(observer())
                .errorAcks(
                        ServerObserver.Outcome.REFUSED,
                        ServerObserver.Outcome.BAD_ARGUMENTS,
                        ServerObserver.Outcome.FAILED)
                .build());
        SocketIoServer server = test.server();
        Exception refusal = new RefusedException("not today", Map.of("until", 5));
        Exception bad = new BadArgumentsException("argument 1 is odd");
        Exception mistake = new IllegalStateException("secret");
        server.onCall("refusal", socket -> way.fail(refusal));
        server.onCall("bad", socket -> way.fail(bad));
        server.onCall("mistake", socket -> way.fail(mistake));
        server.onError((socket, failure) -> reported.add(failure));
        server.onError((socket, event, failure) -> named.add(event + " of " + socket.id()));
        server.onConnection(
                socket -> socket.onError((same, event, failure) -> named.add(event + " of the socket itself")));
        TestClient alice = test.connect();

        TestCall refused = alice.emitWithAck("refusal");
        TestCall badArguments = alice.emitWithAck("bad");
        TestCall failed = alice.emitWithAck("mistake");
        way.endAll();

        assertThat(refused.answer()).containsExactly(REFUSED);
        assertThat(badArguments.answer())
                .containsExactly(Map.of("error", "bad_arguments", "message", "argument 1 is odd"));
        assertThat(failed.answer()).containsExactly(Map.of("error", "failed", "message", "the handler failed"));
        assertThat(reported).containsExactly(refusal, bad, mistake);
        assertThat(named)
                .containsExactly(
                        "refusal of " + alice.id(),
                        "refusal of the socket itself",
                        "bad of " + alice.id(),
                        "bad of the socket itself",
                        "mistake of " + alice.id(),
                        "mistake of the socket itself");
        assertThat(observed).containsExactly("refusal REFUSED", "bad BAD_ARGUMENTS", "mistake FAILED");
    }

    @ParameterizedTest
    @EnumSource
    void ofMiddlewareOfEvents(Way way) {
        TestServer test = TestServer.create(ServerOptions.builder()
                .observer(observer())
                .errorAcks(
                        ServerObserver.Outcome.REFUSED,
                        ServerObserver.Outcome.BAD_ARGUMENTS,
                        ServerObserver.Outcome.FAILED)
                .build());
        SocketIoServer server = test.server();
        Exception refusal = new RefusedException("not today", Map.of("until", 5));
        server.onConnection(socket -> socket.useAsync((same, event, arguments) -> way.fail(refusal)));
        server.onError((socket, failure) -> reported.add(failure));
        server.onError((socket, event, failure) -> named.add(event));
        TestClient alice = test.connect();

        TestCall refused = alice.emitWithAck("event");
        way.endAll();

        assertThat(refused.answer()).containsExactly(REFUSED);
        assertThat(reported).containsExactly(refusal);
        assertThat(named).containsExactly("event");
        assertThat(observed).containsExactly("event REFUSED");
    }

    @ParameterizedTest
    @EnumSource
    void ofMiddlewareOfNamespaces(Way way) {
        TestServer test = TestServer.create();
        test.server().useAsync(socket -> way.fail(new RefusedException("not today", Map.of("until", 5))));

        TestClient alice = test.connect();
        way.endAll();

        assertThat(alice.connectError()).isEqualTo(Map.of("message", "not today", "data", Map.of("until", 5)));
    }

    @ParameterizedTest
    @EnumSource
    void ofAllowRequest(Way way) {
        TestServer test = TestServer.create(ServerOptions.builder()
                .allowRequestAsync(request -> way.fail(new RefusedException("not today")))
                .build());

        test.server().engine().onConnectionError(error -> observed.add(error.message()));

        TestConnection connection = test.opening().open();
        way.endAll();

        assertThat(connection.refused()).isTrue();
        assertThat(observed).containsExactly("not today");
    }

    @ParameterizedTest
    @EnumSource
    void ofMiddlewareOfTheEngine(Way way) {
        TestServer test = TestServer.create();
        test.server().engine().useAsync((request, headers) -> way.fail(new HttpRefusedException(429, "not today")));

        TestConnection connection = test.opening().open();
        way.endAll();

        TestResponse response = connection.webSocket().request().response();
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.text()).isEqualTo("not today");
    }

    @ParameterizedTest
    @EnumSource
    void ofPredicatesOfNamespaces(Way way) {
        TestServer test = TestServer.create();
        test.server()
                .ofAsync((name, handshake) ->
                        way.fail(new RefusedException("not today")).thenApply(same -> true));
        test.server().of((name, handshake) -> name.equals("/second"));

        TestClient first = test.connect("/first");
        TestClient second = test.connect("/second");
        way.endAll();

        assertThat(first.connectError()).isEqualTo(Map.of("message", "Invalid namespace"));
        assertThat(second.connected()).isTrue();
    }

    private ServerObserver observer() {
        return new ServerObserver() {
            @Override
            public void handled(String namespace, String event, Outcome outcome, long nanos) {
                observed.add(event + " " + outcome);
            }
        };
    }
}
