package io.everwire.benchmarks.servers;

import io.everwire.benchmarks.cluster.MemberConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The least cost of a server in a cluster, on Netty and Lettuce: publishes the same bytes each time, and sends the same frame to the clients
 * for each message of another server. It encodes and decodes nothing. Takes the orders of {@code js/cluster.mjs} that the benchmark needs.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The benchmark counts the events that arrive.
public final class FloorClusterServer {
    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] PATTERN = bytes("floor#*");
    private static final byte[] CHANNEL = bytes("floor#r");
    private static final String EVENT =
            "42[\"news\",{\"id\":1000,\"name\":\"user-100\",\"x\":200.25,\"y\":500.5,\"active\":true,"
                    + "\"text\":\"xxxxxxxxxxxxxxxxxxxxxxxx\"}]";

    /** The bytes of a message beside the event, as the adapters of Node write it, without the name of the server. */
    private static final int ENVELOPE = 60;

    /** The frame of a server: text of less than 126 bytes. */
    private static final ByteBuf FRAME = Unpooled.unreleasableBuffer(
            Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, (byte) EVENT.length()}, bytes(EVENT)));

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final RedisAsyncCommands<byte[], byte[]> redis;
    private final byte[] message;
    private @Nullable ScheduledFuture<?> timer;
    private final AtomicLong sent = new AtomicLong();

    private FloorClusterServer(RedisAsyncCommands<byte[], byte[]> redis, byte[] name) {
        this.redis = redis;
        this.message = Arrays.copyOf(name, name.length + ENVELOPE + EVENT.length());
    }

    /** Starts the server at the place of the first argument. */
    public static void main(String[] args) throws IOException, InterruptedException {
        MemberConfig config = JSON.readValue(args[0], MemberConfig.class);
        FloorRooms rooms = new FloorRooms();
        EventLoop loop = FloorServer.loop();
        int port = FloorServer.open(loop, rooms, null);
        byte[] name = bytes(UUID.randomUUID().toString());
        RedisClient client = RedisClient.create(config.uris().get(0));
        StatefulRedisPubSubConnection<byte[], byte[]> subscriber = client.connectPubSub(ByteArrayCodec.INSTANCE);
        subscriber.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(byte[] pattern, byte[] channel, byte[] message) {
                boolean own = Arrays.equals(name, 0, name.length, message, 0, name.length);
                if (!own && rooms.known("r")) {
                    loop.execute(() -> rooms.publish("r", FRAME.duplicate()));
                }
            }
        });
        subscriber.sync().psubscribe(PATTERN);
        FloorClusterServer member =
                new FloorClusterServer(client.connect(ByteArrayCodec.INSTANCE).async(), name);
        System.out.println("{\"port\":" + port + "}");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode order = JSON.readTree(line);
            System.out.println("{\"id\":" + order.get("id") + ",\"ok\":" + member.act(order) + "}");
        }
        System.exit(0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private long act(JsonNode order) {
        switch (order.get("do").asString()) {
            case "flow" -> flow(order.get("rate").asLong());
            case "push" -> {
                for (int i = order.get("count").asInt(); i > 0; i--) {
                    send();
                }
            }
            default -> {
                if (timer != null) {
                    timer.cancel(false);
                }
            }
        }
        return sent.get();
    }

    private void send() {
        redis.publish(CHANNEL, message);
        sent.incrementAndGet();
    }

    private void flow(long rate) {
        long began = System.nanoTime();
        long[] done = new long[1];
        timer = clock.scheduleAtFixedRate(
                () -> {
                    for (double due = (System.nanoTime() - began) / 1e9 * rate; done[0] < due; done[0]++) {
                        send();
                    }
                },
                1,
                1,
                TimeUnit.MILLISECONDS);
    }
}
