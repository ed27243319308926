package io.everwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The order of messages while connections to the servers of a real Redis Cluster open. The servers stand still meanwhile, so all messages
 * wait for their connection.
 */
class ClusterPublisherTest {
    private static final String CHANNEL = "orders";
    private static final int MESSAGES = 100;

    private static RedisClusterProcess redis;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private RedisClusterClient client;
    private RedisClient subscribers;
    private ClusterPublisher publisher;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisClusterProcess.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (redis != null) {
            redis.close();
        }
    }

    @BeforeEach
    void connect() {
        client = RedisClusterClient.create(
                redis.uris().stream().map(RedisURI::create).toList());
        StatefulRedisClusterConnection<String, byte[]> connection =
                client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        publisher = new ClusterPublisher(connection);
        subscribers = RedisClient.create();
    }

    @AfterEach
    void close() {
        client.shutdown();
        subscribers.shutdown();
    }

    @Test
    void messagesOfASlotKeepTheirOrder() throws Exception {
        subscriber(redis.ownerOf(CHANNEL)).sync().ssubscribe(CHANNEL);

        inOrder(message -> publisher.publishSharded(CHANNEL, message).toCompletableFuture());
    }

    @Test
    void messagesToAllServersKeepTheirOrder() throws Exception {
        subscriber(redis.uris().get(0)).sync().subscribe(CHANNEL);

        inOrder(message -> publisher.publish(CHANNEL, message).toCompletableFuture());
    }

    @Test
    void messagesThatFollowTheOpenConnectionsKeepTheirOrder() throws Exception {
        subscriber(redis.ownerOf(CHANNEL)).sync().ssubscribe(CHANNEL);
        redis.signal("STOP");
        publisher.open();
        redis.signal("CONT");

        inOrder(message -> publisher.publishSharded(CHANNEL, message).toCompletableFuture());
    }

    private StatefulRedisPubSubConnection<String, String> subscriber(String uri) {
        StatefulRedisPubSubConnection<String, String> subscriber = subscribers.connectPubSub(RedisURI.create(uri));
        subscriber.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                received.add(message);
            }

            @Override
            public void smessage(String channel, String message) {
                received.add(message);
            }
        });
        return subscriber;
    }

    private interface Publishing {
        CompletableFuture<Long> publish(byte[] message);
    }

    private void inOrder(Publishing publishing) throws Exception {
        List<String> sent =
                IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList();
        List<CompletableFuture<Long>> results = new ArrayList<>();
        redis.signal("STOP");
        try {
            sent.forEach(message -> results.add(publishing.publish(message.getBytes(StandardCharsets.UTF_8))));
        } finally {
            redis.signal("CONT");
        }
        CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

        await().atMost(60, TimeUnit.SECONDS).until(() -> received.size() == MESSAGES);
        assertThat(received).isEqualTo(sent);
    }
}
