package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import io.everwire.examples.guide.Threads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/guide/threads.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreadsGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void aBlockingHandlerDelaysItsSocketOnly() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        Log log = new Log();
        try (Playground ground = new Playground(
                agent,
                server -> Threads.blocking(server, name -> {
                    if (name.equals("slow")) {
                        join(slow);
                    }
                    return "found " + name;
                }))) {
            ground.server().on("next", socket -> log.accept("next"));
            Client waiting = ground.client();
            Client other = ground.client();
            waiting.emit("find", "slow");
            waiting.emit("next");
            assertThat(other.call("find", "quick").asString()).isEqualTo("found quick");
            assertThat(log.isEmpty())
                    .as("events of the same socket stay queued")
                    .isTrue();
            slow.countDown();
            assertThat(log.next()).isEqualTo("next");
        }
    }

    @Test
    void aHandlerMayWaitForItsOwnClient() throws Exception {
        try (Playground ground = new Playground(agent, Threads::asking)) {
            Client client = ground.client();
            assertThat(ground.run("threads", "sure").take("log")).hasToString("[\"deleted\",\"notes.txt\"]");
            // The other clients of these tests answer with a text. It is not a Boolean, so the handler fails.
            assertThat(client.unanswered("delete", "notes.txt")).isEqualTo("operation has timed out");
        }
    }

    @Test
    void aStageDelaysNoOtherEvent() throws Exception {
        CompletableFuture<String> found = new CompletableFuture<>();
        try (Playground ground = new Playground(agent, server -> Threads.later(server, name -> found))) {
            ground.server().onCall("next", socket -> "next");
            Client client = ground.client();
            client.emit("find later", "slow");
            assertThat(client.call("next").asString()).isEqualTo("next");
            found.complete("found");
            assertThat(client.call("find later", "slow").asString()).isEqualTo("found");
        }
    }

    @Test
    void anyThreadMayEmit() throws Exception {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (Playground ground = new Playground(agent, server -> {})) {
            Client client = ground.client();
            Threads.anyThread(ground.server(), timer);
            client.inbox.take("time");
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void tasksOfARoom() throws Exception {
        try (Playground ground = new Playground(agent, server -> {
            Threads.room(server, Map.of("7", new Threads.Board()));
            server.onCall("enter", String.class, (socket, match) -> {
                socket.join("match " + match);
                return true;
            });
        })) {
            Client white = ground.client();
            Client black = ground.client();
            white.call("enter", "7");
            black.call("enter", "7");
            white.emit("move", "7", "e4");
            white.emit("move", "7", "d4");
            assertThat(white.inbox.take("moved")).hasToString("[\"e4\"]");
            assertThat(white.inbox.take("rejected")).hasToString("[\"d4\"]");
            black.emit("move", "7", "e5");
            assertThat(black.inbox.take("moved")).hasToString("[\"e4\"]");
            assertThat(black.inbox.take("moved")).hasToString("[\"e5\"]");
            black.emit("move", "8", "e4");
            assertThat(black.inbox.take("rejected")).hasToString("[\"e4\"]");
        }
    }

    @Test
    void ticksOfAMatch() throws Exception {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (Playground ground = new Playground(agent, server -> {
            server.onConnection(socket -> socket.join("match 7"));
            server.onCall("joined?", socket -> true);
        })) {
            Client client = ground.client();
            client.call("joined?");
            new Threads.Ticks(ground.server()).start(timer);
            for (int tick = 1; tick <= 3; tick++) {
                assertThat(client.inbox.take("board")).hasToString("[" + tick + "]");
            }
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void aNamespaceOnTheEventLoop() throws Exception {
        try (Playground ground = new Playground(agent, server -> {
            Threads.namespaceMode(server);
            for (String namespace : List.of("/", "/positions")) {
                server.of(namespace)
                        .onCall(
                                "where?",
                                socket -> Thread.currentThread().getName().matches("everwire-\\d+-\\d+"));
            }
        })) {
            assertThat(ground.client().call("where?").asBoolean()).isFalse();
            assertThat(ground.client("/positions", Map.of()).call("where?").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void handlersOnTheEventLoop() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>(Thread.currentThread());
        try (Playground ground = new Playground(agent, Threads.eventLoop(), server -> {})) {
            ground.server().onCall("where?", socket -> {
                thread.set(Thread.currentThread());
                return "here";
            });
            Client client = ground.client("/", Map.of("transports", List.of("websocket")));
            client.call("where?");
            Thread first = thread.get();
            client.call("where?");
            assertThat(thread.get()).isSameAs(first).isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    void handlersOnCustomThreads() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
        try (Playground ground = new Playground(agent, Threads.ownThreads(threads), server -> {})) {
            ground.server().onCall("where?", socket -> Thread.currentThread().getName());
            assertThat(ground.client().call("where?").asString()).isEqualTo("mine");
        }
        assertThat(threads.isShutdown()).isFalse();
        threads.shutdown();
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
