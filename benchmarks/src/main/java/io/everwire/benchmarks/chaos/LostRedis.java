package io.everwire.benchmarks.chaos;

import io.everwire.benchmarks.cluster.MemberConfig;
import io.everwire.benchmarks.cluster.RedisClusterServers;
import io.everwire.benchmarks.cluster.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Redis that dies, stops, moves a slot or has another master. */
final class LostRedis {
    private static final long PATIENCE_SECONDS = 30;

    private LostRedis() {}

    /** Redis is killed and comes back after 1.5 s, without its data. */
    static Outcome killed(Lab lab) throws Exception {
        try (RedisServer redis = RedisServer.start();
                Mixed all = new Mixed(lab, name -> MemberConfig.on(redis.uri(), "classic", name), "")) {
            all.begin();
            Pause.millis(1_000);
            redis.kill();
            Pause.millis(1_500);
            redis.restart();
            Pause.millis(lab.seconds(5, 3) * 1_000);
            all.end();
            return delivered(all);
        }
    }

    /** Redis stops for 3 s. */
    static Outcome stopped(Lab lab) {
        try (RedisServer redis = RedisServer.start();
                Mixed all = new Mixed(lab, name -> MemberConfig.on(redis.uri(), "classic", name), "")) {
            all.begin();
            Pause.millis(1_000);
            redis.signal("STOP");
            Pause.millis(3_000);
            redis.signal("CONT");
            Pause.millis(2_000);
            all.end();
            return delivered(all);
        }
    }

    private static Outcome delivered(Mixed all) {
        Flow everwire = Mixed.flow(all.everwire, all.everwire);
        Flow node = Mixed.flow(all.node, all.node);
        Flow toNode = Mixed.flow(all.everwire, all.node);
        Flow toEverwire = Mixed.flow(all.node, all.everwire);
        Flow here = all.everwire.flow(all.everwire.first(), all.everwire.onFirst());
        Flow there = all.node.flow(all.node.first(), all.node.onFirst());
        return new Outcome()
                .figure("lost for the other server of the kind", everwire.losses(), node.losses())
                .figure("lost for a server of the other kind", toNode.losses(), toEverwire.losses())
                .figure("longest hole for the other server", everwire.holeMillis() + " ms", node.holeMillis() + " ms")
                .figure("longest delay for its own clients", here.latestMillis() + " ms", there.latestMillis() + " ms")
                .expect(everwire.repeated() == 0 && everwire.reordered() == 0, "what arrives is in order")
                .expect(here.isWhole(), "its own clients receive all");
    }

    /** The slot of the room's channel moves to another master of Redis Cluster; the mode is sharded. */
    static Outcome movedSlot(Lab lab) throws Exception {
        try (RedisClusterServers redis = RedisClusterServers.start();
                Mixed all = new Mixed(
                        lab, name -> new MemberConfig(redis.uris(), "cluster", "sharded", "socket.io", name), "r")) {
            all.begin();
            Pause.millis(1_000);
            redis.move("socket.io#/#r#");
            Pause.millis(lab.seconds(10, 4) * 1_000);
            all.end();
            return heardAgain(all);
        }
    }

    /** The master dies, and Sentinel makes the replica the master. */
    static Outcome failedOver(Lab lab) throws Exception {
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.start(
                        "--replicaof", "127.0.0.1 " + master.port(), "--repl-diskless-sync-delay", "0");
                RedisServer sentinel = RedisServer.start(sentinelConfiguration(master), "--sentinel")) {
            Pause.until(
                    PATIENCE_SECONDS,
                    () -> ask(sentinel, "SENTINEL", "REPLICAS", "main").contains(String.valueOf(replica.port())));
            try (Mixed all = new Mixed(
                    lab,
                    name -> new MemberConfig(List.of(sentinel.uri()), "sentinel", "classic", "socket.io", name),
                    "")) {
                all.begin();
                Pause.millis(1_000);
                master.kill();
                Pause.millis(lab.seconds(12, 8) * 1_000);
                all.end();
                return heardAgain(all);
            }
        }
    }

    private static String ask(RedisServer server, String... words) {
        try {
            return server.ask(words);
        } catch (java.io.IOException e) {
            return "";
        }
    }

    private static String sentinelConfiguration(RedisServer master) throws Exception {
        Path file = Files.createTempFile("everwire-sentinel", ".conf");
        Files.writeString(file, """
                sentinel monitor main 127.0.0.1 %d 1
                sentinel down-after-milliseconds main 1000
                sentinel failover-timeout main 5000
                """.formatted(master.port()));
        return file.toString();
    }

    private static Outcome heardAgain(Mixed all) {
        Flow everwire = Mixed.flow(all.everwire, all.everwire);
        Flow node = Mixed.flow(all.node, all.node);
        Flow toNode = Mixed.flow(all.everwire, all.node);
        Flow toEverwire = Mixed.flow(all.node, all.everwire);
        return new Outcome()
                .figure("lost for the other server of the kind", everwire.losses(), node.losses())
                .figure("lost for a server of the other kind", toNode.losses(), toEverwire.losses())
                .figure("longest hole for the other server", everwire.holeMillis() + " ms", node.holeMillis() + " ms")
                .figure("heard again at the end", isHeard(all.everwire), isHeard(all.node))
                .expect(isHeard(all.everwire).equals("yes"), "the servers hear each other again");
    }

    /** Returns whether the last event arrived. */
    private static String isHeard(Two kind) {
        Flow flow = kind.flow(kind.first(), kind.onSecond());
        long last = kind.onSecond().of(kind.first().name()).stream()
                .mapToLong(Listener.Arrival::number)
                .max()
                .orElse(-1);
        return last + 1 >= kind.end(kind.first()) ? "yes" : "no, " + flow.lost() + " lost";
    }
}
