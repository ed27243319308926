package io.everwire.benchmarks.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Redis Cluster of three masters. */
public final class RedisClusterServers implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final long START_SECONDS = 30;

    private final List<RedisServer> servers = new ArrayList<>();

    /** Starts the servers and gives each a third of the slots. */
    public static RedisClusterServers start() throws IOException {
        RedisClusterServers cluster = new RedisClusterServers();
        for (int i = 0; i < 3; i++) {
            RedisServer server = RedisServer.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
            cluster.servers.add(server);
            server.ask("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
            String last = String.valueOf(i == 2 ? SLOTS - 1 : (i + 1) * (SLOTS / 3) - 1);
            server.ask("CLUSTER", "ADDSLOTSRANGE", String.valueOf(i * (SLOTS / 3)), last);
        }
        for (RedisServer server : cluster.servers) {
            server.ask(
                    "CLUSTER",
                    "MEET",
                    "127.0.0.1",
                    String.valueOf(cluster.servers.get(0).port()));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!cluster.isReady()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("Redis Cluster does not become ready");
            }
        }
        return cluster;
    }

    private boolean isReady() throws IOException {
        for (RedisServer server : servers) {
            String info = server.ask("CLUSTER", "INFO");
            if (!info.contains("cluster_state:ok") || !info.contains("cluster_known_nodes:3")) {
                return false;
            }
        }
        return true;
    }

    /** Returns the addresses of the servers. */
    public List<String> uris() {
        return servers.stream().map(RedisServer::uri).toList();
    }

    /** Returns the servers. */
    public List<RedisServer> servers() {
        return servers;
    }

    /** Moves the slot of a channel to the next server. */
    public void move(String channel) throws IOException {
        String slot = servers.get(0).ask("CLUSTER", "KEYSLOT", channel).strip().substring(1);
        int from = Integer.parseInt(slot) / (SLOTS / 3);
        RedisServer source = servers.get(Math.min(from, 2));
        RedisServer target = servers.get((Math.min(from, 2) + 1) % 3);
        RedisServer third = servers.get((Math.min(from, 2) + 2) % 3);
        String sourceId = id(source);
        String targetId = id(target);
        target.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", sourceId);
        source.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", targetId);
        target.ask("CLUSTER", "SETSLOT", slot, "NODE", targetId);
        source.ask("CLUSTER", "SETSLOT", slot, "NODE", targetId);
        third.ask("CLUSTER", "SETSLOT", slot, "NODE", targetId);
    }

    private static String id(RedisServer server) throws IOException {
        return server.ask("CLUSTER", "MYID").lines().skip(1).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }
}
