package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.HandlerMode;
import io.everwire.LimitOptions;
import io.everwire.Room;
import io.everwire.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks of a room run one at a time and in order, on real handler threads. */
class RoomTasksTest {
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource(HandlerMode.class)
    void tasksOfARoomRunOneAtATimeAndInTheOrderOfEachThread(HandlerMode mode) throws Exception {
        Room room = server(ServerOptions.builder().handlerMode(mode)).server().room("match-7");
        List<String> done = new ArrayList<>();
        AtomicInteger running = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(thread -> new Thread(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        String task = thread + " " + i;
                        room.execute(() -> {
                            done.add(running.incrementAndGet() == 1 ? task : "two at a time");
                            running.decrementAndGet();
                        });
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        await(room);

        for (int thread = 0; thread < 4; thread++) {
            String own = thread + " ";
            assertThat(done.stream().filter(task -> task.startsWith(own)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 1_000).mapToObj(i -> own + i).toList());
        }
        assertThat(done).hasSize(4_000);
    }

    @ParameterizedTest
    @EnumSource(HandlerMode.class)
    void aTaskThatBlocksDelaysItsRoomOnly(HandlerMode mode) throws Exception {
        TestServer test = server(ServerOptions.builder().handlerMode(mode));
        CountDownLatch blocked = new CountDownLatch(1);
        List<String> done = new ArrayList<>();
        Room slow = test.server().room("slow");
        slow.execute(() -> {
            join(blocked);
            done.add("first");
        });
        slow.execute(() -> done.add("second"));

        await(test.server().room("quick"));
        await(test.server().of("/other").room("slow"));
        assertThat(done).isEmpty();

        blocked.countDown();
        await(slow);
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void aHandlerHandsItsWorkOverAndGoesOn() throws Exception {
        TestServer test = server(ServerOptions.builder());
        CountDownLatch handled = new CountDownLatch(1);
        CompletableFuture<String> moved = new CompletableFuture<>();
        Room room = test.server().room("match-7");
        test.server().on("move", String.class, (socket, move) -> {
            room.execute(() -> {
                join(handled);
                moved.complete(move);
            });
            handled.countDown();
        });

        test.connect().emit("move", "e4");

        assertThat(moved.get(1, TimeUnit.MINUTES)).isEqualTo("e4");
    }

    @Test
    void aTaskThatFailsEndsAlone() throws Exception {
        Room room = server(ServerOptions.builder()).server().room("match-7");
        List<String> done = new ArrayList<>();
        room.execute(() -> {
            throw new IllegalStateException("a test");
        });
        room.execute(() -> {
            throw new StackOverflowError("a test");
        });
        room.execute(() -> done.add("next"));

        await(room);

        assertThat(done).containsExactly("next");
    }

    @Test
    void aTaskMayAddTasksToItsRoom() throws Exception {
        Room room = server(ServerOptions.builder()).server().room("match-7");
        List<Integer> done = new ArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        room.execute(() -> {
            room.execute(() -> {
                done.add(2);
                last.complete(null);
            });
            done.add(1);
        });

        last.get(1, TimeUnit.MINUTES);

        assertThat(done).containsExactly(1, 2);
    }

    @Test
    void aRoomIsAnExecutorOfStages() throws Exception {
        Room room = server(ServerOptions.builder()).server().room("match-7");

        CompletableFuture<String> state =
                CompletableFuture.supplyAsync(() -> "loaded", room).thenApplyAsync(text -> text + " and played", room);

        assertThat(state.get(1, TimeUnit.MINUTES)).isEqualTo("loaded and played");
    }

    @Test
    void tooManyTasksAreRejectedAndTheOthersRun() throws Exception {
        TestServer test = server(ServerOptions.builder()
                .limits(LimitOptions.builder()
                        .maxRoomTasks(2)
                        .maxRoomTasksTotal(3)
                        .build()));
        CountDownLatch blocked = new CountDownLatch(1);
        Room full = test.server().room("full");
        full.execute(() -> join(blocked));
        full.execute(() -> {});
        assertThatThrownBy(() -> full.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("maxRoomTasks: a task of a room was rejected, the limit is 2");
        Room other = test.server().room("other");
        other.execute(() -> join(blocked));
        assertThatThrownBy(() -> other.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("maxRoomTasksTotal: a task of a room was rejected, the limit is 3");

        blocked.countDown();
        test.server().close();

        assertThatThrownBy(() -> full.execute(() -> {})).hasMessage("the server is closed and runs no task of a room");
    }

    @Test
    void closingTheServerWaitsForTasksAndForThoseTheyAdd() {
        TestServer test = server(ServerOptions.builder().closeTimeout(Duration.ofMinutes(1)));
        Room room = test.server().room("match-7");
        List<String> saved = new ArrayList<>();
        room.execute(() -> room.execute(() -> saved.add("state")));

        test.server().close();

        assertThat(saved).containsExactly("state");
    }

    @Test
    void closingTheServerWaitsForABlockedTaskNoLongerThanTheTimeout() {
        TestServer test = server(ServerOptions.builder().closeTimeout(Duration.ofMillis(50)));
        CountDownLatch blocked = new CountDownLatch(1);
        test.server().room("match-7").execute(() -> join(blocked));

        assertThatCode(test.server()::close).doesNotThrowAnyException();
        blocked.countDown();
    }

    @Test
    void virtualTimeRunsTasksAtOnce() {
        List<String> done = new ArrayList<>();
        try (TestServer test = TestServer.create()) {
            test.server().room("match-7").execute(() -> done.add("run"));
        }

        assertThat(done).containsExactly("run");
    }

    @Test
    void roomsOfOneNameInOneNamespaceAreEqual() {
        TestServer test = server(ServerOptions.builder());
        Room room = test.server().room("a");

        assertThat(room).isEqualTo(test.server().of("/").room("a")).hasToString("Room[a of /]");
        assertThat(room.namespace()).isSameAs(test.server().of("/"));
        assertThat(room).isNotEqualTo(test.server().room("b"));
        assertThat(room).isNotEqualTo(test.server().of("/a").room("a"));
    }

    private TestServer server(ServerOptions.Builder options) {
        TestServer test = TestServer.createThreaded(options.build());
        opened.add(test);
        return test;
    }

    /** Waits until all tasks that the room has now are done. */
    private static void await(Room room) throws Exception {
        CompletableFuture.runAsync(() -> {}, room).get(1, TimeUnit.MINUTES);
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
