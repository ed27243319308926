package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Ack;
import io.everwire.Arguments;
import io.everwire.ServerObserver.Outcome;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Acks that clients receive. */
class AcksTest {
    private static final Map<String, String> FAILED = Map.of("error", "failed", "message", "the handler failed");

    private final TestServer test = TestServer.create(ServerOptions.builder()
            .errorAcks(Outcome.UNHANDLED, Outcome.REFUSED, Outcome.BAD_ARGUMENTS, Outcome.FAILED)
            .build());
    private final SocketIoServer server = test.server();
    private final TestClient alice = test.connect();

    @Test
    void theValueReturnedIsTheAnswer() {
        server.onCall("add", Integer.class, Integer.class, (socket, a, b) -> a + b);

        assertThat(alice.emitWithAck("add", 1, 2).answer()).containsExactly(3);
    }

    @Test
    void callsTakeZeroToFourArguments() {
        server.onCall("c0", socket -> 0);
        server.onCall("c1", String.class, (socket, a) -> a);
        server.onCall("c3", String.class, String.class, String.class, (socket, a, b, c) -> a + b + c);
        server.onCall(
                "c4", String.class, String.class, String.class, String.class, (socket, a, b, c, d) -> a + b + c + d);

        assertThat(alice.emitWithAck("c0").answer()).containsExactly(0);
        assertThat(alice.emitWithAck("c1", "1").answer()).containsExactly("1");
        assertThat(alice.emitWithAck("c3", "1", "2", "3").answer()).containsExactly("123");
        assertThat(alice.emitWithAck("c4", "1", "2", "3", "4").answer()).containsExactly("1234");
    }

    @Test
    void aHandlerThatReturnsNothingAnswersWithNothing() {
        server.on("e", socket -> {});

        assertThat(alice.emitWithAck("e").answer()).isEmpty();
    }

    @Test
    void nullIsAnAnswer() {
        server.onCall("e", socket -> null);

        assertThat(alice.emitWithAck("e").answer()).isEqualTo(Arrays.asList((Object) null));
    }

    @Test
    void anArrayIsOneAnswer() {
        server.onCall("e", socket -> new Object[] {1, 2});

        assertThat(alice.emitWithAck("e").answer()).containsExactly(List.of(1, 2));
    }

    @Test
    void anAckMayHaveSeveralValuesOrNone() {
        server.onCall("two", socket -> Ack.of(1, null));
        server.onCall("none", socket -> Ack.of());
        server.onCall("later", socket -> CompletableFuture.completedFuture(Ack.of("a", List.of("b"))));

        assertThat(alice.emitWithAck("two").answer()).isEqualTo(Arrays.asList(1, null));
        assertThat(alice.emitWithAck("none").answer()).isEmpty();
        assertThat(alice.emitWithAck("later").answer()).containsExactly("a", List.of("b"));
    }

    @Test
    void anAckMayHoldAllThatCame() {
        server.onRaw("e", (socket, arguments) -> Ack.of(arguments.all().toArray()));

        List<Object> answer =
                alice.emitWithAck("e", 1, "2", new byte[] {3}, Map.of("a", 4)).answer();

        assertThat(answer).hasSize(4).startsWith(1, "2").endsWith(Map.of("a", 4));
        assertThat(answer.get(2)).isEqualTo(new byte[] {3});
    }

    @Test
    void anAckDoesNotChangeWithWhatItWasMadeOf() {
        Object[] values = {1};
        Ack ack = Ack.of(values);

        values[0] = 2;

        assertThat(ack.values()).containsExactly(1);
    }

    @Test
    void binaryDataMayBeTheAnswer() {
        server.onCall("e", socket -> new byte[] {1, 2});

        assertThat(alice.emitWithAck("e").answer().get(0)).isEqualTo(new byte[] {1, 2});
    }

    @Test
    void aStageAnswersWhenItIsDone() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        server.onCall("e", socket -> stage);
        TestCall call = alice.emitWithAck("e");
        assertThat(call.answered()).isFalse();

        stage.complete("done");

        assertThat(call.answer()).containsExactly("done");
    }

    @Test
    void whatComesLaterDoesNotWaitForAStage() {
        server.onCall("slow", socket -> new CompletableFuture<>());
        server.onCall("fast", socket -> 1);

        TestCall slow = alice.emitWithAck("slow");

        assertThat(alice.emitWithAck("fast").answer()).containsExactly(1);
        assertThat(slow.answered()).isFalse();
    }

    @Test
    void aStageThatFailsIsToldAsAFailure() {
        server.onCall("e", socket -> CompletableFuture.failedFuture(new IllegalStateException("secret")));

        assertThat(alice.emitWithAck("e").answer()).containsExactly(FAILED);
    }

    @Test
    void aStageThatIsDoneAfterTheClientLeftDoesNoHarm() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        server.onCall("e", socket -> stage);
        TestCall call = alice.emitWithAck("e");
        alice.disconnect();

        stage.complete("done");

        assertThat(call.answered()).isFalse();
    }

    @Test
    void aHandlerThatThrowsIsToldAsAFailureWithoutItsSecrets() {
        server.on("runtime", socket -> {
            throw new IllegalStateException("secret");
        });
        server.on("error", socket -> {
            throw new StackOverflowError("secret");
        });
        server.onCall("checked", socket -> {
            throw new Exception("secret");
        });

        for (String event : List.of("runtime", "error", "checked", "runtime")) {
            assertThat(alice.emitWithAck(event).answer()).as(event).containsExactly(FAILED);
        }
    }

    @Test
    void anAnswerThatCannotBeWrittenIsToldAsAFailure() {
        server.onCall("e", socket -> new Object() {
            @SuppressWarnings("unused") // called by the codec
            public int getValue() {
                throw new IllegalStateException("secret");
            }
        });

        assertThat(alice.emitWithAck("e").answer())
                .hasSize(1)
                .first()
                .asString()
                .contains("failed");
    }

    @Test
    void nobodyWaitsForAnEventThatNothingHandles() {
        assertThat(alice.emitWithAck("nobody").answer())
                .containsExactly(Map.of("error", "unhandled", "message", "nothing handles this event"));
    }

    @Test
    void theFirstHandlerThatAnswersGivesTheOnlyAnswer() {
        server.on("e", socket -> {});
        server.onCall("e", socket -> "first");
        server.onCall("e", socket -> CompletableFuture.completedFuture("second"));
        server.onCall("e", socket -> {
            throw new IllegalStateException("third");
        });

        TestCall call = alice.emitWithAck("e");

        assertThat(call.answer()).containsExactly("first");
        assertThat(call.answers()).isOne();
    }

    @Test
    void zeroIsAnAckIdLikeAnyOther() {
        server.onCall("e", Integer.class, (socket, a) -> a);

        TestCall zero = alice.emitWithAck("e", "no number");
        TestCall one = alice.emitWithAck("e", 1);

        assertThat(zero.answer()).hasSize(1).first().asString().contains("bad_arguments");
        assertThat(one.answer()).containsExactly(1);
    }

    @Test
    void aClientThatDidNotAskIsNotAnswered() {
        server.onCall("e", socket -> "answer");

        alice.emit("e").emit("nobody");

        assertThat(alice.connection().packets()).hasSize(1);
    }

    @Test
    void aHandlerMayAnswerFirstAndGoOn() {
        List<Object> seen = new ArrayList<>();
        server.onCall(
                "store", String.class, (socket, text) -> Ack.of("stored").then(() -> seen.add("indexed " + text)));
        server.on("next", socket -> seen.add("next"));

        TestCall call = alice.emitWithAck("store", "x");
        alice.emit("next").emit("store", "without an ack");

        assertThat(call.answer()).containsExactly("stored");
        assertThat(seen).containsExactly("indexed x", "next", "indexed without an ack");
    }

    @Test
    void theAckIsThereBeforeTheHandlerEnds() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (TestServer threaded =
                TestServer.createThreaded(ServerOptions.builder().build())) {
            threaded.server()
                    .onCall(
                            "store",
                            socket -> Ack.of("stored").then(() -> {
                                arrived.await();
                                ended.countDown();
                            }));

            TestCall call = threaded.connect().emitWithAck("store").await();

            assertThat(call.answer()).containsExactly("stored");
            assertThat(ended.getCount()).isEqualTo(1);
            arrived.countDown();
            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aHandlerMaySendTheAckBeforeOtherEvents() {
        server.onRaw("e", (socket, arguments) -> {
            arguments.ack("first", 1);
            socket.emit("second");
            arguments.ack("too late");
            return "too late";
        });

        TestCall call = alice.emitWithAck("e");

        assertThat(call.answer()).containsExactly("first", 1);
        assertThat(call.answers()).isOne();
        assertThat(alice.connection().packets().get(1)).asString().contains("first");
        assertThat(alice.connection().packets().get(2)).asString().contains("second");
    }

    @Test
    void aHandlerWithAStageMaySendTheAckItself() {
        List<Arguments> kept = new ArrayList<>();
        CompletableFuture<String> stage = new CompletableFuture<>();
        server.onRaw("e", (socket, arguments) -> {
            kept.add(arguments);
            return stage;
        });
        TestCall call = alice.emitWithAck("e");
        assertThat(call.answered()).isFalse();

        kept.get(0).ack();
        stage.complete("too late");

        assertThat(call.answer()).isEmpty();
        assertThat(call.answers()).isOne();
    }

    @Test
    void argumentsSayWhetherTheClientWaits() {
        List<Boolean> waiting = new ArrayList<>();
        server.onRaw("e", (socket, arguments) -> {
            waiting.add(arguments.ackRequested());
            arguments.ack("if you wait");
            return Ack.none();
        });

        alice.emitWithAck("e");
        alice.emit("e");

        assertThat(waiting).containsExactly(true, false);
        assertThat(alice.connection().packets()).hasSize(2);
    }

    @Test
    void aFailureAfterTheAckIsReported() {
        List<Throwable> reported = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException("secret");
        server.onError((socket, thrown) -> reported.add(thrown));
        server.onCall(
                "e",
                socket -> Ack.of(1).then(() -> {
                    throw failure;
                }));
        server.onCall(
                "later",
                socket -> CompletableFuture.completedFuture(Ack.of(2).then(() -> {
                    throw failure;
                })));

        assertThat(alice.emitWithAck("e").answer()).containsExactly(1);
        assertThat(alice.emitWithAck("later").answer()).containsExactly(2);
        assertThat(reported).containsExactly(failure, failure);
    }
}
