package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.TransportOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Forty clients of many kinds in one room, which lose their connections, stall, are kicked and return at random. No
 * event is lost, repeated, reordered or altered while its client is connected, or across a recovery.
 *
 * <p>The room has a bounded number of events on the way to each client that reads: on a slow machine the test sends
 * fewer events, and is not behind. {@code -Deverwire.mixed.seconds=600} is the long form; {@code
 * -Deverwire.mixed.seed=…} repeats the choices of an earlier run, which prints its seed.
 */
class MixedRoomTest {
    static final String ROOM = "from the room";

    private static final int SECONDS = Integer.getInteger("everwire.mixed.seconds", 30);
    private static final long SEED = Long.getLong("everwire.mixed.seed", System.nanoTime());
    private static final int BETWEEN_BROADCASTS_MILLIS = 20;

    /** The most events on the way to a client that reads. */
    private static final int WINDOW = 50;

    /** The broadcasts of a step. Steps are counted, so that a seed has the same choices on every machine. */
    private static final int BROADCASTS_OF_STEP = 7;

    /** A limit for a machine of any speed. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Agent agent = new Agent();
    private final Random random = new Random(SEED);
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Socket, Integer> lastOfSocket = new ConcurrentHashMap<>();
    private final Map<String, BitSet> up = new ConcurrentHashMap<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<RoomMember> members = new ArrayList<>();
    private final Map<String, RoomMember> byName = new ConcurrentHashMap<>();

    /** Clients without a connection, and the steps until they return. */
    private final Map<RoomMember, Integer> away = new LinkedHashMap<>();

    /** Clients that do not read, and the steps until they do. */
    private final Map<RoomMember, Integer> stalled = new LinkedHashMap<>();

    private final Map<String, Integer> done = new HashMap<>();
    private Site site;

    @AfterEach
    void stop() throws Exception {
        sender.shutdownNow();
        members.forEach(RoomMember::close);
        agent.close();
        if (site != null) {
            site.close();
        }
    }

    @Test
    void nothingIsLostRepeatedReorderedOrAltered() throws Exception {
        System.out.println("mixed room: " + SECONDS + " s, -Deverwire.mixed.seed=" + SEED);
        long start = System.nanoTime();
        serve();
        populate();
        long full = System.nanoTime();
        sender.scheduleWithFixedDelay(this::broadcastIfRoom, 0, BETWEEN_BROADCASTS_MILLIS, TimeUnit.MILLISECONDS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end || !happened(List.of("lost", "stalled", "kicked", "recovered"))) {
            disturb();
            goOn();
            awaitBroadcasts(numbers.get() + BROADCASTS_OF_STEP);
        }
        long stopped = System.nanoTime();
        List.copyOf(stalled.keySet()).forEach(this::resume);
        List.copyOf(away.keySet()).forEach(this::comeBack);
        sender.shutdown();
        assertThat(sender.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        broadcast();
        int last = numbers.get() - 1;
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(late(RoomMember::arrived, last))
                        .as("the last numbers of clients without " + last)
                        .isEmpty());
        assertThat(late(RoomMember::last, last)).isEmpty();
        int deliveries = 0;
        for (RoomMember member : members) {
            assertThat(member.faults()).as(member.name).isEmpty();
            deliveries += member.received();
        }
        System.out.println("mixed room: " + seconds(start, full) + " s to fill it, " + seconds(full, stopped)
                + " s of events, " + seconds(stopped, System.nanoTime()) + " s until they had arrived");
        System.out.println("mixed room: " + numbers + " broadcasts, " + deliveries + " deliveries to " + members.size()
                + " clients and "
                + up.values().stream().mapToInt(BitSet::cardinality).sum() + " from them; " + done);
        assertThat(faults).isEmpty();
    }

    private static long seconds(long from, long to) {
        return TimeUnit.NANOSECONDS.toSeconds(to - from);
    }

    private boolean happened(List<String> kinds) {
        synchronized (done) {
            return done.keySet().containsAll(kinds);
        }
    }

    /** Returns the clients whose number is not {@code last}, with their numbers. */
    private Map<RoomMember, Integer> late(Function<RoomMember, Integer> number, int last) {
        Map<RoomMember, Integer> late = new LinkedHashMap<>();
        members.forEach(member -> late.put(member, number.apply(member)));
        late.values().removeIf(one -> one == last);
        return late;
    }

    private void serve() throws Exception {
        // Timeouts are not the subject: a client of a slow machine is not closed. One that is does not return.
        site = new Site(ServerOptions.builder()
                .connectionStateRecovery(RecoveryOptions.builder().build())
                .pingTimeout(LIMIT)
                .upgradeTimeout(LIMIT)
                .connectTimeout(LIMIT)
                .transport(
                        "websocket",
                        TransportOptions.builder().heartbeatTimeout(LIMIT).build())
                .build());
        site.server().onConnection(socket -> {
            if (socket.recovered()) {
                count("recovered");
            }
            socket.join("room");
            byName.get(name(socket)).joined(socket, numbers.get() - 1);
        });
        site.server().on("up", Integer.class, String.class, Integer.class, this::up);
    }

    private static String name(Socket socket) {
        return socket.handshake().query().get("name");
    }

    private void broadcastIfRoom() {
        int last = numbers.get() - 1;
        if (members.stream().allMatch(member -> member.onTheWay(last) < WINDOW)) {
            broadcast();
        }
    }

    private void broadcast() {
        int number = numbers.getAndIncrement();
        site.server().to("room").emit(ROOM, number, RoomLedger.text(number));
    }

    private void awaitBroadcasts(int number) {
        await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> {
                    int sent = numbers.get();
                    assertThat(sent)
                            .as("broadcasts; the slowest client is " + slowest(sent - 1))
                            .isGreaterThanOrEqualTo(number);
                });
    }

    private String slowest(int last) {
        RoomMember slowest = members.stream()
                .max(Comparator.comparingInt(member -> member.onTheWay(last)))
                .orElseThrow();
        return slowest + " with " + slowest.onTheWay(last) + " on the way";
    }

    /** Checks an event of a client. The last ones before the end of a connection may be lost. */
    private void up(Socket socket, Integer number, String text, Integer received) {
        String name = name(socket);
        byName.get(name).answered(received);
        Integer before = lastOfSocket.put(socket, number);
        if (before != null && number != before + 1) {
            faults.add(name + " sent " + number + " after " + before);
        }
        if (!RoomLedger.text(number).equals(text)) {
            faults.add(name + " sent " + number + ", which is altered");
        }
        BitSet seen = up.computeIfAbsent(name, key -> new BitSet());
        synchronized (seen) {
            if (seen.get(number)) {
                faults.add(name + " sent " + number + " twice");
            }
            seen.set(number);
        }
    }

    private void populate() {
        List<String> webSocket = List.of("websocket");
        List<String> polling = List.of("polling");
        List<String> both = List.of("polling", "websocket");
        node(6, "", webSocket);
        node(4, "", polling);
        node(3, "", both);
        node(2, "4.4", webSocket);
        node(2, "4.0", both);
        node(2, "3.1.3", polling);
        node(3, "2.5.0", webSocket);
        node(2, "2.5.0", polling);
        node(2, "2.0.4", both);
        node(2, "1.7.4", webSocket);
        node(2, "1.7.4", polling);
        node(2, "1.4.8", both);
        node(1, "0.9", webSocket);
        node(1, "0.9", List.of("xhr-polling"));
        for (int i = 0; i < 2; i++) {
            String name = "msgpack" + i;
            add(new RoomMember.Node(
                    agent,
                    name,
                    site.url("/?name=" + name),
                    "",
                    Map.of("transports", webSocket, "parser", "socket.io-msgpack-parser")));
        }
        for (String transport : both) {
            String name = "java-" + transport;
            add(new RoomMember.Java(name, site.url("/?name=" + name), transport));
        }
        add(new RoomMember.Raw("raw0", site.port()));
        add(new RoomMember.Raw("raw1", site.port()));
        assertThat(members).hasSize(40);
    }

    private void node(int count, String version, List<String> transports) {
        for (int i = 0; i < count; i++) {
            String name = "node" + version + "-" + String.join("-", transports) + i;
            add(new RoomMember.Node(
                    agent, name, site.url("/?name=" + name), version, Map.of("transports", transports)));
        }
    }

    private void add(RoomMember member) {
        members.add(member);
        byName.put(member.name, member);
        member.connect();
    }

    /** Chooses a client and what happens to it. */
    private void disturb() {
        RoomMember member = members.get(random.nextInt(members.size()));
        int choice = random.nextInt(3);
        int steps = 1 + random.nextInt(12);
        if (away.containsKey(member) || stalled.containsKey(member)) {
            return;
        }
        if (choice == 0 && member.stop(RoomMember::stall)) {
            stalled.put(member, steps);
            count("stalled");
        } else if (choice == 1 && member.stop(RoomMember::lose)) {
            away.put(member, steps);
            count("lost");
        } else if (choice == 2 && member.stop(RoomMember::kick)) {
            away.put(member, steps);
            count("kicked");
        }
    }

    private void goOn() {
        due(stalled).forEach(this::resume);
        due(away).forEach(this::comeBack);
    }

    private static List<RoomMember> due(Map<RoomMember, Integer> waiting) {
        waiting.replaceAll((member, steps) -> steps - 1);
        return waiting.entrySet().stream()
                .filter(entry -> entry.getValue() <= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void resume(RoomMember member) {
        stalled.remove(member);
        member.readAgain();
    }

    private void comeBack(RoomMember member) {
        away.remove(member);
        member.connect();
    }

    private void count(String what) {
        synchronized (done) {
            done.merge(what, 1, Integer::sum);
        }
    }
}
