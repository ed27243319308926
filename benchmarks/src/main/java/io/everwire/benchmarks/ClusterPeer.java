package io.everwire.benchmarks;

import io.everwire.benchmarks.cluster.ClusterServer;
import io.everwire.benchmarks.cluster.RedissonServer;
import io.everwire.benchmarks.servers.FloorClusterServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kind of server in the scenario {@code cluster}. */
enum ClusterPeer {
    FLOOR("floor", "classic", "the floor: bare Netty and Lettuce, which encode and decode nothing"),
    EVERWIRE("everwire", "classic", "Everwire, classic: one pattern for all rooms"),
    EVERWIRE_EXACT("everwire-exact", "exact", "Everwire, classic with `exactSubscriptions`"),
    EVERWIRE_SHARDED("everwire-sharded", "sharded", "Everwire, sharded, mode dynamic"),
    BEFORE("before", "classic", "Everwire as built in the checkout of --before, classic"),
    BEFORE_EXACT("before-exact", "exact", "the same with `exactSubscriptions`"),
    BEFORE_SHARDED("before-sharded", "sharded", "the same, sharded"),
    NODE("node", "classic", "socket.io 4.8.4, @socket.io/redis-adapter 8.3.0 and ioredis 5.11.1, classic"),
    NODE_SHARDED("node-sharded", "sharded", "the same, sharded, mode dynamic"),
    NETTY_SOCKETIO("netty-socketio", "redisson", "netty-socketio 2.0.14 with Redisson 3.45.1");

    private final String label;
    private final String mode;
    private final String description;

    ClusterPeer(String label, String mode, String description) {
        this.label = label;
        this.mode = mode;
        this.description = description;
    }

    static ClusterPeer of(String label) {
        for (ClusterPeer peer : values()) {
            if (peer.label.equals(label)) {
                return peer;
            }
        }
        throw new IllegalArgumentException("--servers: no server of clusters is called \"" + label + "\"");
    }

    String label() {
        return label;
    }

    String mode() {
        return mode;
    }

    String description() {
        return description;
    }

    boolean isEarlier() {
        return this == BEFORE || this == BEFORE_EXACT || this == BEFORE_SHARDED;
    }

    /** Returns the command that starts the server on one CPU. */
    List<String> command(Machine machine, Path module, @Nullable Path before) {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
        if (this == NODE || this == NODE_SHARDED) {
            command.addAll(List.of("node", module.resolve("js/cluster.mjs").toString()));
            return command;
        }
        command.add(machine.java());
        command.addAll(List.of(
                "-Xms256m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dio.netty.leakDetection.level=disabled",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
        if (machine.javaVersion() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath(module, before), program().getName()));
        return command;
    }

    private Class<?> program() {
        return switch (this) {
            case FLOOR -> FloorClusterServer.class;
            case NETTY_SOCKETIO -> RedissonServer.class;
            default -> ClusterServer.class;
        };
    }

    private String classPath(Path module, @Nullable Path before) {
        if (this == NETTY_SOCKETIO) {
            return module.resolve("target/classes") + ":" + module.resolve("target/peer") + "/*";
        }
        if (!isEarlier()) {
            return System.getProperty("java.class.path");
        }
        if (before == null) {
            throw new IllegalArgumentException("--servers: " + label + " needs --before=FOLDER");
        }
        Path target = before.resolve("benchmarks/target");
        return target.resolve("classes") + ":" + target.resolve("lib") + "/*";
    }
}
