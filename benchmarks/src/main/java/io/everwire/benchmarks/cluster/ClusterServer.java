package io.everwire.benchmarks.cluster;

import io.everwire.BroadcastOperator;
import io.everwire.LimitOptions;
import io.everwire.RemoteSockets;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.adapter.Adapter;
import io.everwire.benchmarks.servers.Payload;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import io.everwire.redis.RedisAdapters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Everwire server of a cluster, with the orders of {@code js/cluster.mjs}. */
@SuppressWarnings("FutureReturnValueIgnored") // The order that waits receives a failure.
public final class ClusterServer {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String URI_OF_SENTINELS = "redis-sentinel://";

    private final MemberConfig config;
    private final SocketIoServer server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong sent = new AtomicLong();
    private volatile @Nullable ScheduledFuture<?> timer;
    private long churned;

    private ClusterServer(MemberConfig config) {
        this.config = config;
        this.server = SocketIoServer.create(ServerOptions.builder()
                .adapter(adapter(config))
                .pingInterval(Duration.ofMinutes(2))
                .limits(LimitOptions.builder().maxRoomsPerSocket(20_000).build())
                .build());
        server.onConnection(ClusterServer::connected);
    }

    /** Starts the server at the place of the first argument. */
    public static void main(String[] args) throws IOException {
        ClusterServer member = new ClusterServer(JSON.readValue(args[0], MemberConfig.class));
        NettyServer host = NettyServer.builder(member.server)
                .options(NettyOptions.builder().workerThreads(1).build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        say(Map.of("port", host.address().getPort()));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            member.answer(JSON.readTree(line));
        }
        System.exit(0);
    }

    private static Adapter.Factory adapter(MemberConfig config) {
        ClusterOptions.Builder options = ClusterOptions.builder().prefix(config.prefix());
        switch (config.mode()) {
            case "exact" -> options.exactSubscriptions(true);
            case "sharded" -> options.sharded(SubscriptionMode.DYNAMIC);
            default -> {}
        }
        return switch (config.redis()) {
            case "cluster" -> RedisAdapters.createForCluster(config.uris(), options.build());
            case "sentinel" ->
                RedisAdapters.create(
                        URI_OF_SENTINELS + config.uris().get(0).replace("redis://", "") + "#main", options.build());
            default -> RedisAdapters.create(config.uris().get(0), options.build());
        };
    }

    private static void connected(Socket socket) {
        String joins = socket.handshake().query().get("join");
        if (joins != null) {
            socket.join(joins);
        }
        socket.onCall("join", String.class, (joining, room) -> joining.joinAsync(room));
    }

    private static synchronized void say(Object line) {
        System.out.println(JSON.writeValueAsString(line));
    }

    private void answer(JsonNode order) {
        CompletableFuture<?> result;
        try {
            result = act(order);
        } catch (RuntimeException e) {
            result = CompletableFuture.failedFuture(e);
        }
        result.whenComplete((value, failure) -> {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("id", order.get("id").asInt());
            line.put(failure == null ? "ok" : "error", failure == null ? value : failure.toString());
            say(line);
        });
    }

    private CompletableFuture<?> act(JsonNode order) {
        return switch (order.get("do").asString()) {
            case "beat" -> {
                BroadcastOperator target = target(order);
                long millis = order.get("millis").asLong();
                timer = clock.scheduleAtFixedRate(
                        () -> target.emit("tick", config.name(), sent.getAndIncrement(), micros()),
                        0,
                        millis,
                        TimeUnit.MILLISECONDS);
                yield done();
            }
            case "flow" -> {
                BroadcastOperator target = target(order);
                Payload payload = JSON.treeToValue(order.get("payload"), Payload.class);
                repeat(order.get("rate").asLong(), number -> target.emit("news", payload));
                yield done();
            }
            case "push" -> {
                BroadcastOperator target = target(order);
                Payload payload = JSON.treeToValue(order.get("payload"), Payload.class);
                for (int i = order.get("count").asInt(); i > 0; i--) {
                    target.emit("news", payload);
                }
                yield CompletableFuture.completedFuture(
                        sent.addAndGet(order.get("count").asInt()));
            }
            case "still" -> still();
            case "emit" -> {
                server.to(order.get("room").asString()).emit(order.get("event").asString());
                yield done();
            }
            case "count" -> timed(server.serverCount().thenApply(count -> Map.of("value", count)));
            case "fetch" -> timed(server.fetchAvailableSockets().thenApply(ClusterServer::found));
            case "churn" -> {
                Socket socket = server.sockets().values().iterator().next();
                repeat(order.get("rate").asLong(), number -> {
                    socket.join("room " + churned);
                    socket.leave("room " + (churned - 100));
                    churned++;
                });
                yield done();
            }
            case "rooms" -> {
                Socket socket = server.sockets().values().iterator().next();
                int count = order.get("count").asInt();
                yield socket.joinAsync(IntStream.range(0, count)
                        .mapToObj(number -> String.format("room %05d", number))
                        .toList());
            }
            case "settle" -> {
                Socket socket = server.sockets().values().iterator().next();
                List.copyOf(socket.rooms()).stream()
                        .filter(room -> room.startsWith("room "))
                        .forEach(socket::leave);
                yield CompletableFuture.completedFuture(churned);
            }
            case "health" ->
                CompletableFuture.completedFuture(server.clusterState().health().name());
            case "state" -> CompletableFuture.completedFuture(state());
            default -> throw new IllegalArgumentException(order.toString());
        };
    }

    private BroadcastOperator target(JsonNode order) {
        JsonNode room = order.get("room");
        return room == null ? server.except() : server.to(room.asString());
    }

    private interface Step {
        void take(long number);
    }

    /** Repeats a step at a rate, as often as due each millisecond. */
    private void repeat(long rate, Step step) {
        long began = System.nanoTime();
        AtomicLong done = new AtomicLong();
        timer = clock.scheduleAtFixedRate(
                () -> {
                    double due = (System.nanoTime() - began) / 1e9 * rate;
                    while (done.get() < due) {
                        step.take(done.getAndIncrement());
                        sent.incrementAndGet();
                    }
                },
                1,
                1,
                TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Long> still() {
        ScheduledFuture<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
        // After the step that may run now.
        CompletableFuture<Long> counted = new CompletableFuture<>();
        clock.execute(() -> counted.complete(sent.get()));
        return counted;
    }

    private Map<String, Object> state() {
        System.gc();
        return Map.of(
                "health", server.clusterState().health().name(),
                "dropped", server.clusterState().dropped(),
                "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private static Map<String, Object> found(RemoteSockets sockets) {
        return Map.of("found", sockets.sockets().size(), "missing", sockets.missing());
    }

    private static CompletableFuture<Map<String, Object>> timed(CompletableFuture<? extends Map<String, ?>> result) {
        long began = System.nanoTime();
        return result.handle((value, failure) -> {
            Map<String, Object> timed = new LinkedHashMap<>();
            if (failure == null) {
                timed.putAll(value);
            } else {
                timed.put("error", String.valueOf(failure.getMessage()));
            }
            timed.put("millis", (System.nanoTime() - began) / 1e6);
            return timed;
        });
    }

    private static CompletableFuture<?> done() {
        return CompletableFuture.completedFuture(null);
    }

    private static long micros() {
        Instant now = Clock.systemUTC().instant();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }
}
