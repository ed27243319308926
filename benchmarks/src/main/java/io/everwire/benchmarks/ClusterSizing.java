package io.everwire.benchmarks;

import io.everwire.benchmarks.cluster.Member;
import io.everwire.benchmarks.cluster.MemberConfig;
import io.everwire.benchmarks.cluster.Programs;
import io.everwire.benchmarks.cluster.RedisClusterServers;
import io.everwire.benchmarks.cluster.RedisServer;
import io.everwire.benchmarks.load.Clients;
import io.everwire.benchmarks.load.Receiver;
import io.everwire.benchmarks.servers.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The scenario {@code sizing}: the load that a cluster puts on Redis, in each mode. The first server sends; every server has a client, and
 * only the client of the second one is in the room. Redis itself counts commands, bytes, CPU and memory.
 */
final class ClusterSizing {
    /** The word on the command line. */
    static final String LABEL = "sizing";

    private static final String ROOM = "r";
    /** Broadcasts a second, so that the servers are warm. */
    private static final int RATE = 3_000;

    private static final int ROOMS = 10_000;
    private static final long IDLE_MILLIS = 10_000;
    private static final long FLOW_NANOS = 4_000_000_000L;

    /** The time after which a broadcast that has not arrived is lost. */
    private static final long LOST_NANOS = 20_000_000_000L;

    /** The broadcasts that are sent at a time. */
    private static final int FEW = 3;

    private static final int MANY = 100;
    private static final long WARM_UP_MILLIS = 8_000;
    private static final long SETTLE_MILLIS = 1_500;
    private static final Payload PAYLOAD = new Payload(1000, "user-100", 200.25, 500.5, true, "x".repeat(24));
    private static final Path PAGE = Path.of("docs/guide/cluster.md");

    private final Clients clients;
    private final List<String> broadcasts = new ArrayList<>();
    private final List<String> servers = new ArrayList<>();

    private ClusterSizing(Clients clients) {
        this.clients = clients;
    }

    /**
     * Measures, prints the tables and writes them into the guide.
     *
     * @throws IllegalArgumentException with the reason, if an argument is unknown
     */
    static void run(List<String> args) throws IOException {
        if (args.size() > 1) {
            throw new IllegalArgumentException("the scenario sizing has no options");
        }
        try (Clients clients = new Clients()) {
            ClusterSizing sizing = new ClusterSizing(clients);
            for (String mode : List.of("classic", "exact", "sharded")) {
                try (RedisServer redis = RedisServer.start()) {
                    sizing.measure(mode, "one", List.of(redis), 2);
                }
                try (RedisServer redis = RedisServer.start()) {
                    sizing.measure(mode, "one", List.of(redis), 6);
                }
            }
            for (String mode : List.of("classic", "sharded")) {
                try (RedisClusterServers redis = RedisClusterServers.start()) {
                    sizing.measure(mode, "Redis Cluster of 3", redis.servers(), 6);
                }
            }
            sizing.write();
        }
    }

    /**
     * The usage of all servers of Redis together.
     *
     * @param cpuMicros the time on a CPU, in microseconds, as the scheduler counts it
     */
    private record Usage(double commands, double bytesIn, double bytesOut, double cpuMicros, double memory) {
        static Usage of(List<RedisServer> redis) throws IOException {
            Usage sum = new Usage(0, 0, 0, 0, 0);
            for (RedisServer each : redis) {
                RedisServer.Usage usage = each.usage();
                sum = sum.plus(
                        1,
                        new Usage(
                                usage.commands(),
                                usage.bytesIn(),
                                usage.bytesOut(),
                                ClusterContest.micros(each.pid(), false),
                                usage.memory()));
            }
            return sum;
        }

        /** Returns this usage, and a multiple of another one. */
        Usage plus(double times, Usage other) {
            return new Usage(
                    commands + times * other.commands,
                    bytesIn + times * other.bytesIn,
                    bytesOut + times * other.bytesOut,
                    cpuMicros + times * other.cpuMicros,
                    memory + times * other.memory);
        }
    }

    /** Returns the usage of some time, without that of the question for it. */
    private Usage during(List<RedisServer> redis, long millis) throws IOException {
        Usage first = Usage.of(redis);
        Usage second = Usage.of(redis);
        clients.after(millis).join();
        return Usage.of(redis).plus(-2, second).plus(1, first);
    }

    private void measure(String mode, String place, List<RedisServer> redis, int count) throws IOException {
        boolean cluster = redis.size() > 1;
        List<Member> members = new ArrayList<>();
        List<Receiver> receivers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                MemberConfig config = new MemberConfig(
                        redis.stream().map(RedisServer::uri).toList(),
                        cluster ? "cluster" : "standalone",
                        mode,
                        "socket.io",
                        "server " + i);
                Member member = Member.start(command(), config);
                members.add(member);
                receivers.add(Receiver.open(clients, member.port(), i == 1 ? "join=" + ROOM : "join=other"));
            }
            members.get(0).order("flow", "rate", RATE, "room", ROOM, "payload", PAYLOAD);
            clients.after(WARM_UP_MILLIS).join();
            members.get(0).order("still");
            clients.after(2 * SETTLE_MILLIS).join();
            Usage idle = during(redis, IDLE_MILLIS);
            String label = "| " + mode + " | " + place + " | " + count + " |";
            for (boolean room : new boolean[] {false, true}) {
                broadcasts.add(label + broadcasts(redis, members.get(0), receivers.get(1), idle, room));
                System.out.println(broadcasts.get(broadcasts.size() - 1));
            }
            servers.add(label + rooms(redis, members.get(0), idle, count));
            System.out.println(servers.get(servers.size() - 1));
        } finally {
            receivers.forEach(Receiver::close);
            members.forEach(Member::close);
        }
    }

    /** The servers have a CPU of their own: the clients and Redis have the other one. */
    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
        command.addAll(Programs.everwire("-Xmx128m"));
        return command;
    }

    /** Returns the cells for one broadcast. */
    private String broadcasts(List<RedisServer> redis, Member sender, Receiver inside, Usage idle, boolean room)
            throws IOException {
        Usage few = broadcasts(redis, sender, inside, idle, room, FEW);
        Usage many = broadcasts(redis, sender, inside, idle, room, MANY);
        return String.format(
                Locale.ROOT,
                " %s | %,.0f | %,.0f | %.1f | %.1f | %,.0f |",
                room ? "a room on one other server" : "all",
                few.bytesIn(),
                few.bytesOut(),
                few.cpuMicros(),
                many.cpuMicros(),
                Math.floor(1_000 / many.cpuMicros()) * 1_000);
    }

    /** Sends some broadcasts at a time, the next ones when those have arrived; returns the usage of one. */
    private Usage broadcasts(
            List<RedisServer> redis, Member sender, Receiver inside, Usage idle, boolean room, int batch)
            throws IOException {
        Usage before = Usage.of(redis);
        long start = inside.received();
        long began = System.nanoTime();
        long sent = 0;
        while (System.nanoTime() - began < FLOW_NANOS) {
            if (room) {
                sender.order("push", "room", ROOM, "payload", PAYLOAD, "count", batch);
            } else {
                sender.order("push", "payload", PAYLOAD, "count", batch);
            }
            sent += batch;
            while (inside.received() - start < sent) {
                if (System.nanoTime() - began > FLOW_NANOS + LOST_NANOS) {
                    throw new IllegalStateException("a broadcast was lost");
                }
                clients.after(0).join();
            }
        }
        double share = (System.nanoTime() - began) / 1e6 / IDLE_MILLIS;
        Usage used = Usage.of(redis).plus(-1, before).plus(-share, idle);
        return new Usage(0, 0, 0, 0, 0).plus(1.0 / sent, used);
    }

    /** Returns the cells for one server: its heartbeats, and its rooms. */
    private String rooms(List<RedisServer> redis, Member member, Usage idle, int count) throws IOException {
        double seconds = IDLE_MILLIS / 1e3;
        Usage before = Usage.of(redis);
        member.order("rooms", "count", ROOMS);
        clients.after(SETTLE_MILLIS).join();
        Usage used = Usage.of(redis).plus(-1, before);
        return String.format(
                Locale.ROOT,
                " %.1f | %,.0f | %.2f | %,.0f | %,.0f |",
                idle.commands() / seconds / count,
                (idle.bytesIn() + idle.bytesOut()) / seconds / count,
                100 * idle.cpuMicros() / 1e6 / seconds,
                used.commands(),
                Math.max(0, used.memory()) / ROOMS);
    }

    private void write() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        replace(
                lines,
                "sizing of broadcasts",
                List.of(
                        "| mode | Redis | servers | broadcast to | bytes in | bytes out | CPU of Redis, 3 at a time, µs | 100 at a time, µs | broadcasts a"
                                + " second of one CPU |",
                        "|---|---|---:|---|---:|---:|---:|---:|---:|"),
                broadcasts);
        replace(
                lines,
                "sizing of servers",
                List.of(
                        "| mode | Redis | servers | idle: commands a second for each server | idle: bytes a second for each server | idle:"
                                + " CPU of Redis, % | 10,000 rooms: commands | 10,000 rooms: memory of Redis, bytes for each |",
                        "|---|---|---:|---:|---:|---:|---:|---:|"),
                servers);
        Files.write(PAGE, lines);
    }

    private static void replace(List<String> lines, String mark, List<String> head, List<String> rows) {
        int from = lines.indexOf("<!-- " + mark + " -->");
        int to = lines.indexOf("<!-- end of " + mark + " -->");
        if (from < 0 || to < from) {
            throw new IllegalStateException(PAGE + " has no place for the " + mark);
        }
        lines.subList(from + 1, to).clear();
        lines.addAll(from + 1, Stream.concat(head.stream(), rows.stream()).toList());
    }
}
