package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Attribute;
import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official Node client 4.8.4 loses its connection and reconnects, over each transport. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeClientRecoveryTest {
    private static final long TIMEOUT_SECONDS = 60;
    private static final int SENDERS = 3;
    private static final int RETURNS = 10;
    private static final Attribute<String> NAME = Attribute.of("name");

    private final Agent agent = new Agent();

    /** New for each server: listeners of an earlier one may still be running. */
    private BlockingQueue<Socket> joined;

    /** As {@link #joined}. */
    private BlockingQueue<String> left;

    enum Way {
        WEBSOCKET("websocket"),
        POLLING("polling");

        private final String transport;

        Way(String transport) {
            this.transport = transport;
        }
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @ParameterizedTest
    @EnumSource
    void itReceivesMissedEventsAndContinues(Way way) throws Exception {
        String name = way + " back";
        try (Site site = site(Duration.ofMinutes(2))) {
            Socket first = open(site, name, way);
            first.join("room");
            first.attributes().set(NAME, "alice");
            site.server().emit("before", "x");
            agent.inbox(name).take("before");
            assertThat(agent.order("recovered", name).asBoolean()).isFalse();

            lose(name);
            site.server().to("room").emit("missed", 1);
            first.emit("missed", 2, new byte[] {1, 2, 3});
            site.server().to("elsewhere").emit("missed", 3);
            site.server().emit("missed", "four");
            Socket again = back(name);

            assertThat(agent.order("recovered", name).asBoolean()).isTrue();
            assertThat(again.recovered()).isTrue();
            assertThat(again.id()).isEqualTo(first.id());
            assertThat(again.rooms()).containsExactlyInAnyOrder(first.id(), "room");
            assertThat(again.attributes().get(NAME)).isEqualTo("alice");
            site.server().to("room").emit("after");
            agent.inbox(name).take("after");
            assertThat(agent.inbox(name).take("missed").get(0).asInt()).isEqualTo(1);
            assertThat(agent.inbox(name).take("missed").get(1).toString()).contains("[1,2,3]");
            assertThat(agent.inbox(name).take("missed").get(0).asString()).isEqualTo("four");
            assertThat(agent.inbox(name).isEmptyOf("missed")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterTooLongItIsANewSocket(Way way) throws Exception {
        String name = way + " late";
        try (Site site = site(Duration.ofMillis(1))) {
            Socket first = open(site, name, way);
            site.server().emit("before");
            agent.inbox(name).take("before");
            lose(name);
            site.server().emit("missed");
            long lost = System.nanoTime();
            while (System.nanoTime() - lost < TimeUnit.MILLISECONDS.toNanos(10)) {
                Thread.onSpinWait();
            }

            Socket again = back(name);

            assertThat(again.recovered()).isFalse();
            assertThat(again.id()).isNotEqualTo(first.id());
            assertThat(agent.order("recovered", name).asBoolean()).isFalse();
            assertThat(agent.inbox(name).isEmptyOf("missed")).isTrue();
        }
    }

    /** Threads send all the time. The client must receive each event once, in the order of its thread. */
    @ParameterizedTest
    @EnumSource
    void nothingIsLostOrRepeatedDuringReconnections(Way way) throws Exception {
        String name = way + " restless";
        ScheduledExecutorService senders = Executors.newScheduledThreadPool(SENDERS);
        int[] sent = new int[SENDERS];
        try (Site site = site(Duration.ofMinutes(2))) {
            Socket socket = open(site, name, way);
            for (int i = 0; i < SENDERS; i++) {
                int number = i;
                Runnable sending = () -> send(site, socket.id(), number, sent[number]++);
                senders.scheduleAtFixedRate(sending, 0, 500, TimeUnit.MICROSECONDS);
            }
            for (int i = 0; i < RETURNS; i++) {
                agent.inbox(name).take("from 0");
                lose(name);
                assertThat(back(name).recovered()).isTrue();
            }
            senders.shutdown();
            assertThat(senders.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            site.server().emit("end");
            agent.inbox(name).take("end");
            assertThat(agent.order("counted", name)).hasSize(SENDERS);
            for (int i = 0; i < SENDERS; i++) {
                assertThat(agent.order("counted", name).path("from " + i).asInt())
                        .isEqualTo(sent[i]);
            }
        } finally {
            senders.shutdown();
        }
    }

    private static void send(Site site, String id, int sender, int number) {
        if (number % 2 == 0) {
            site.server().emit("from " + sender, number);
        } else {
            site.server().to(id).emit("from " + sender, number);
        }
    }

    private Site site(Duration maxDisconnectionDuration) throws Exception {
        BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
        BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
        joined = sockets;
        left = reasons;
        Site site = new Site(ServerOptions.builder()
                .connectionStateRecovery(RecoveryOptions.builder()
                        .maxDisconnectionDuration(maxDisconnectionDuration)
                        .build())
                .build());
        site.server().onConnection(sockets::add);
        site.server().onDisconnect((socket, reason) -> reasons.add(reason.toString()));
        return site;
    }

    private Socket open(Site site, String name, Way way) throws Exception {
        agent.order("open", name, "url", site.url(""), "options", Map.of("transports", List.of(way.transport)));
        agent.inbox(name).take("connect");
        return joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private void lose(String name) throws Exception {
        agent.order("lose", name);
        assertThat(left.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isIn("transport close", "transport error");
        agent.inbox(name).take("disconnect");
    }

    private Socket back(String name) throws Exception {
        agent.order("reopen", name);
        agent.inbox(name).take("connect");
        return joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
