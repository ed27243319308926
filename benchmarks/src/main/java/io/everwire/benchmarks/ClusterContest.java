package io.everwire.benchmarks;

import io.everwire.benchmarks.cluster.Member;
import io.everwire.benchmarks.cluster.MemberConfig;
import io.everwire.benchmarks.cluster.RedisServer;
import io.everwire.benchmarks.load.Clients;
import io.everwire.benchmarks.load.Receiver;
import io.everwire.benchmarks.servers.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The three servers of one kind in a cluster: one that publishes and has no clients, one with a client in the room, and one with a client
 * outside of it. They share a CPU; Redis and the clients have the other one.
 */
final class ClusterContest implements AutoCloseable {
    private static final String ROOM = "r";

    /** The load whose costs are measured, in broadcasts a second: each server is mostly idle, as in production. */
    private static final int RATE = 3_000;

    /** The broadcasts that may be on their way when the most broadcasts a second are measured. */
    private static final int WINDOW = 2_000;

    private static final int PUSH = 250;

    /** The servers are warm once they compile for less than this share of the time. */
    private static final double COMPILES = 0.02;

    private static final int SLICE_MILLIS = 2_000;
    private static final int MOST_SLICES = 20;
    private static final Payload PAYLOAD = new Payload(1000, "user-100", 200.25, 500.5, true, "x".repeat(24));

    /**
     * The costs of one round, in microseconds of CPU for each broadcast.
     *
     * @param perSecond the broadcasts a second if as many as possible are sent
     */
    record Costs(double publisher, double receiver, double outsider, double redis, double perSecond) {}

    private final ClusterPeer peer;
    private final Clients clients;
    private final RedisServer redis;
    private final Member publisher;
    private final Member receiver;
    private final Member outsider;
    private final Receiver inside;
    private final List<Costs> rounds = new ArrayList<>();

    ClusterContest(ClusterPeer peer, List<String> command, Clients clients) {
        this.peer = peer;
        this.clients = clients;
        redis = RedisServer.start();
        pin(redis.pid(), "1");
        publisher = member(command, "publisher");
        receiver = member(command, "receiver");
        outsider = member(command, "outsider");
        inside = Receiver.open(clients, receiver.port(), "join=" + ROOM);
        Receiver.open(clients, outsider.port(), "join=another");
    }

    private Member member(List<String> command, String name) {
        return Member.start(command, MemberConfig.on(redis.uri(), peer.mode(), name));
    }

    private static void pin(long pid, String cpus) {
        Machine.run("taskset", "-apc", cpus, Long.toString(pid));
    }

    ClusterPeer peer() {
        return peer;
    }

    /** Returns the middle values of the rounds. */
    Costs middle() {
        return new Costs(
                middle(rounds.stream().mapToDouble(Costs::publisher)),
                middle(rounds.stream().mapToDouble(Costs::receiver)),
                middle(rounds.stream().mapToDouble(Costs::outsider)),
                middle(rounds.stream().mapToDouble(Costs::redis)),
                middle(rounds.stream().mapToDouble(Costs::perSecond)));
    }

    List<Costs> rounds() {
        return rounds;
    }

    private static double middle(java.util.stream.DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }

    /** Sends as much as possible for the time asked for, then at the rate of the rounds until the servers hardly compile any more. */
    void warmUp(double seconds) {
        most(seconds);
        flow(RATE);
        double share = 1;
        for (int i = 0; i < MOST_SLICES && share > COMPILES; i++) {
            double compiled = compilerMicros();
            clients.after(SLICE_MILLIS).join();
            share = (compilerMicros() - compiled) / 1e3 / SLICE_MILLIS;
        }
        publisher.order("still");
        quiet();
    }

    /** Lets the servers use these CPUs. */
    private void spread(String cpus) {
        for (Member member : List.of(publisher, receiver, outsider)) {
            pin(member.pid(), cpus);
        }
    }

    private double compilerMicros() {
        double sum = 0;
        for (Member member : List.of(publisher, receiver, outsider)) {
            sum += micros(member.pid(), true);
        }
        return sum;
    }

    private void flow(int rate) {
        publisher.order("flow", "rate", rate, "room", ROOM, "payload", PAYLOAD);
    }

    /** Waits until nothing arrives any more. */
    private void quiet() {
        long before = -1;
        for (long now = inside.received(); now != before; now = inside.received()) {
            before = now;
            clients.after(300).join();
        }
    }

    /** Measures a round. */
    Costs measure(double seconds) {
        flow(RATE);
        clients.after(500).join();
        double[] before = micros();
        long from = inside.received();
        clients.after((long) (seconds * 1_000)).join();
        double[] after = micros();
        long received = inside.received() - from;
        publisher.order("still");
        quiet();
        if (received < RATE * seconds / 10) {
            throw new IllegalStateException(peer.label() + ": only " + received + " events arrived");
        }
        double[] costs = new double[before.length];
        Arrays.setAll(costs, i -> (after[i] - before[i]) / received);
        Costs round = new Costs(costs[0], costs[1], costs[2], costs[3], most(seconds));
        rounds.add(round);
        return round;
    }

    /** Returns the broadcasts a second while the window is kept full. The servers may use both CPUs. */
    private double most(double seconds) {
        spread("0,1");
        pin(redis.pid(), "0,1");
        long start = inside.received();
        long sent = 0;
        long begin = System.nanoTime();
        long from = 0;
        long measured = 0;
        double elapsed = 0;
        while (elapsed < seconds + 0.5) {
            long received = inside.received() - start;
            if (sent - received < WINDOW) {
                publisher.order("push", "room", ROOM, "payload", PAYLOAD, "count", PUSH);
                sent += PUSH;
            } else {
                clients.after(0).join();
            }
            elapsed = (System.nanoTime() - begin) / 1e9;
            if (measured == 0 && elapsed > 0.5) {
                measured = System.nanoTime();
                from = inside.received();
            }
        }
        double perSecond = (inside.received() - from) / ((System.nanoTime() - measured) / 1e9);
        quiet();
        spread("0");
        pin(redis.pid(), "1");
        return perSecond;
    }

    /** Returns the CPU times so far: of the publisher, the receiver, the outsider and Redis. */
    private double[] micros() {
        return new double[] {
            micros(publisher.pid(), false),
            micros(receiver.pid(), false),
            micros(outsider.pid(), false),
            micros(redis.pid(), false)
        };
    }

    /**
     * Returns the CPU time of a process, in microseconds, as the scheduler counts it: to the nanosecond (schedstat).
     *
     * @param compiler whether only the compiler threads count
     */
    static double micros(long pid, boolean compiler) {
        double sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                try {
                    if (compiler && !Files.readString(thread.resolve("comm")).startsWith("C")) {
                        continue;
                    }
                    sum += Double.parseDouble(Files.readString(thread.resolve("schedstat"))
                                    .split(" ", 0)[0])
                            / 1e3;
                } catch (IOException ended) {
                    // A thread that has ended meanwhile.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    static String describe(Costs costs) {
        return String.format(
                Locale.ROOT,
                "publisher %.1f µs, receiver %.1f, without the room %.1f, Redis %.1f; %.0f a second",
                costs.publisher(),
                costs.receiver(),
                costs.outsider(),
                costs.redis(),
                costs.perSecond());
    }

    @Override
    public void close() {
        publisher.close();
        receiver.close();
        outsider.close();
        redis.close();
    }
}
