package io.everwire.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Redis Cluster of three masters. */
public final class RedisClusterProcess implements AutoCloseable {
    private static final int SLOTS = 16_384;

    private final List<RedisProcess> nodes = new ArrayList<>();

    /** Starts the servers, and waits until all slots are served. */
    public static RedisClusterProcess start() throws IOException, InterruptedException {
        RedisClusterProcess cluster = new RedisClusterProcess();
        for (int i = 0; i < 3; i++) {
            cluster.nodes.add(RedisProcess.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
        }
        List<String> create = new ArrayList<>(List.of("--cluster", "create"));
        cluster.nodes.forEach(node -> create.add("127.0.0.1:" + node.port()));
        create.add("--cluster-yes");
        cluster.command(create);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!cluster.isReady()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the cluster does not become ready");
            }
        }
        return cluster;
    }

    private boolean isReady() throws IOException, InterruptedException {
        for (RedisProcess node : nodes) {
            String info = ask(node, "cluster", "info");
            if (!info.contains("cluster_state:ok") || !info.contains("cluster_slots_ok:" + SLOTS)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the addresses of the servers. */
    public List<String> uris() {
        return nodes.stream().map(RedisProcess::uri).toList();
    }

    /** Kills some servers. */
    void kill(int count) throws InterruptedException {
        for (RedisProcess node : nodes.subList(0, count)) {
            node.kill();
        }
    }

    /** Starts the servers again that were killed. */
    void begin(int count) throws IOException, InterruptedException {
        for (RedisProcess node : nodes.subList(0, count)) {
            node.begin();
        }
    }

    /** Sends all servers a signal, such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        for (RedisProcess node : nodes) {
            node.signal(name);
        }
    }

    /** Returns the address of the server that has the slot of a channel. */
    String ownerOf(String channel) throws IOException, InterruptedException {
        return nodes.get(owner(slot(channel))).uri();
    }

    private int slot(String channel) throws IOException, InterruptedException {
        return Integer.parseInt(ask(nodes.get(0), "cluster", "keyslot", channel).strip());
    }

    /** Moves the slot of a channel to the next server. */
    void move(String channel) throws IOException, InterruptedException {
        String slot = String.valueOf(slot(channel));
        int from = owner(slot(channel));
        RedisProcess source = nodes.get(from);
        RedisProcess target = nodes.get((from + 1) % nodes.size());
        String sourceId = ask(source, "cluster", "myid").strip();
        String targetId = ask(target, "cluster", "myid").strip();
        ask(target, "cluster", "setslot", slot, "importing", sourceId);
        ask(source, "cluster", "setslot", slot, "migrating", targetId);
        ask(target, "cluster", "setslot", slot, "node", targetId);
        ask(source, "cluster", "setslot", slot, "node", targetId);
        ask(nodes.get((from + 2) % nodes.size()), "cluster", "setslot", slot, "node", targetId);
    }

    private int owner(int slot) throws IOException, InterruptedException {
        for (int i = 0; i < nodes.size(); i++) {
            for (String line : ask(nodes.get(i), "cluster", "nodes").split("\n")) {
                if (line.contains("myself")) {
                    String[] fields = line.split(" ");
                    for (int j = 8; j < fields.length; j++) {
                        String[] range = fields[j].split("-");
                        if (!fields[j].startsWith("[")
                                && slot >= Integer.parseInt(range[0])
                                && slot <= Integer.parseInt(range[range.length - 1])) {
                            return i;
                        }
                    }
                }
            }
        }
        throw new IOException("nobody has the slot " + slot);
    }

    private String ask(RedisProcess node, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-p", String.valueOf(node.port())));
        command.addAll(List.of(arguments));
        return command(command);
    }

    private String command(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("redis-cli"));
        command.addAll(arguments);
        Process process =
                RedisProcess.command(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }

    @Override
    public void close() throws InterruptedException {
        for (RedisProcess node : nodes) {
            node.close();
        }
    }
}
