package io.everwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Commands for a connection that the test opens, closes and loses. */
class OrderedCommandsTest {
    /** A connection that remembers its commands. */
    private static final class Connection {
        private final List<Integer> commands = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean open = true;

        CompletionStage<Integer> send(int command) {
            commands.add(command);
            return CompletableFuture.completedStage(command);
        }
    }

    private final List<CompletableFuture<Connection>> attempts = new ArrayList<>();
    private final OrderedCommands<Connection> ordered =
            new OrderedCommands<>(this::attempt, connection -> connection.open);
    private final Connection connection = new Connection();

    private CompletableFuture<Connection> attempt() {
        attempts.add(new CompletableFuture<>());
        return attempts.get(attempts.size() - 1);
    }

    private CompletionStage<Integer> send(int command) {
        return ordered.call(opened -> opened.send(command));
    }

    /** The reason for this class. */
    @Test
    void stagesOfOneFutureOvertakeEachOther() {
        CompletableFuture<Connection> opening = new CompletableFuture<>();
        for (int i = 0; i < 3; i++) {
            int command = i;
            opening.thenCompose(opened -> opened.send(command));
        }
        opening.complete(connection);

        assertThat(connection.commands).containsExactly(2, 1, 0);
    }

    @Test
    void commandsWaitForTheConnectionInOrder() {
        List<CompletionStage<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            results.add(send(i));
        }
        assertThat(attempts).hasSize(1);
        assertThat(results).allSatisfy(result -> assertThat(result).isNotCompleted());
        attempts.get(0).complete(connection);
        send(100);

        assertThat(connection.commands).isSorted().hasSize(101);
        assertThat(results.get(99)).isCompletedWithValue(99);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void aCommandThatAResultCausesComesLast() {
        send(0).thenCompose(sent -> send(2));
        send(1);
        attempts.get(0).complete(connection);

        assertThat(connection.commands).containsExactly(0, 1, 2);
    }

    /** A thread that calls while the commands before are passed on does not overtake them. */
    @Test
    void callsOfOtherThreadsComeAfterThoseThatWait() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Void> called = new CompletableFuture<>();
            ordered.call(opened -> {
                CompletableFuture.runAsync(() -> send(2), other)
                        .thenRun(() -> called.complete(null))
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join();
                return opened.send(0);
            });
            send(1);
            attempts.get(0).complete(connection);

            assertThat(called).isCompleted();
            assertThat(connection.commands).containsExactly(0, 1, 2);
        } finally {
            other.shutdown();
        }
    }

    /** Each of several threads keeps its own order, while the connection opens at any moment. */
    @Test
    void everyThreadKeepsItsOrder() throws Exception {
        int threads = 4;
        int each = 2_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch begun = new CountDownLatch(threads);
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = t * each;
                done.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < each; i++) {
                                send(first + i);
                                if (i == 10) {
                                    begun.countDown();
                                }
                            }
                        },
                        pool));
            }
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            attempts.get(0).complete(connection);
            CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

            for (int t = 0; t < threads; t++) {
                int first = t * each;
                assertThat(connection.commands.stream()
                                .filter(command -> command / each == first / each)
                                .toList())
                        .hasSize(each)
                        .isSorted();
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aFailedAttemptFailsTheCommandsAndIsMadeAgain() {
        CompletionStage<Integer> first = send(0);
        CompletionStage<Integer> second = send(1);
        attempts.get(0).completeExceptionally(new IllegalStateException("no route"));

        assertThatThrownBy(() -> first.toCompletableFuture().join()).hasRootCauseMessage("no route");
        assertThatThrownBy(() -> second.toCompletableFuture().join()).hasRootCauseMessage("no route");
        CompletionStage<Integer> third = send(2);
        attempts.get(1).complete(connection);
        assertThat(third).isCompletedWithValue(2);
        assertThat(connection.commands).containsExactly(2);
    }

    @Test
    void aClosedConnectionIsOpenedAgain() {
        send(0);
        attempts.get(0).complete(connection);
        connection.open = false;
        Connection next = new Connection();
        send(1);
        send(2);
        attempts.get(1).complete(next);

        assertThat(connection.commands).containsExactly(0);
        assertThat(next.commands).containsExactly(1, 2);
    }

    @Test
    void exceptionsAreResults() {
        CompletionStage<Integer> thrown = ordered.call(opened -> {
            throw new IllegalStateException("closed");
        });
        send(1);
        attempts.get(0).complete(connection);
        CompletionStage<Integer> later = ordered.call(opened -> {
            throw new IllegalStateException("closed");
        });

        assertThat(thrown).isCompletedExceptionally();
        assertThat(later).isCompletedExceptionally();
        assertThat(connection.commands).containsExactly(1);
        OrderedCommands<Connection> broken = new OrderedCommands<>(
                () -> {
                    throw new IllegalStateException("no route");
                },
                some -> true);
        assertThat(broken.call(opened -> opened.send(0))).isCompletedExceptionally();
        assertThat(broken.call(opened -> opened.send(0))).isCompletedExceptionally();
    }
}
