package io.everwire.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The order of messages while the connection to a server of Redis opens. The connection belongs to the test; the commands of the cluster
 * wait for it as those of Lettuce 7.7 do (ClusterDistributionChannelWriter.doWrite).
 */
class OpeningConnectionTest {
    private static final int MESSAGES = 50;

    /** Opens when the test completes it. */
    private final CompletableFuture<StatefulRedisConnection<String, byte[]>> opening = new CompletableFuture<>();

    private final List<String> written = new ArrayList<>();
    private final StatefulRedisClusterConnection<String, byte[]> cluster = cluster();
    private final ClusterPublisher publisher = new ClusterPublisher(cluster);

    /** The reason for the queue of {@link ClusterPublisher}. */
    @Test
    void lettuceAloneReversesTheMessages() {
        List<String> sent = publish(message -> cluster.async().spublish("channel", message));

        assertThat(written).containsExactlyInAnyOrderElementsOf(sent).isNotEqualTo(sent);
    }

    @Test
    void shardedMessagesKeepTheirOrder() {
        List<String> sent = publish(message -> publisher.publishSharded("channel", message));

        assertThat(written).isEqualTo(sent);
    }

    @Test
    void classicMessagesKeepTheirOrder() {
        List<String> sent = publish(message -> publisher.publish("channel", message));

        assertThat(written).isEqualTo(sent);
    }

    /** Publishes messages before the connection is open, and one after it. */
    private List<String> publish(Function<byte[], ? extends CompletionStage<Long>> publish) {
        List<String> sent =
                IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList();
        for (String message : sent) {
            if (message.equals(String.valueOf(MESSAGES - 1))) {
                assertThat(written).isEmpty();
                opening.complete(single());
            }
            Failures.ignored(publish.apply(message.getBytes(StandardCharsets.UTF_8)));
        }
        return sent;
    }

    private StatefulRedisClusterConnection<String, byte[]> cluster() {
        RedisClusterNode node = RedisClusterNode.of("the only one");
        node.setUri(RedisURI.create("redis://127.0.0.1:1"));
        node.setFlags(Set.of(RedisClusterNode.NodeFlag.UPSTREAM));
        node.setSlots(IntStream.range(0, SlotHash.SLOT_COUNT).boxed().toList());
        Partitions partitions = new Partitions();
        partitions.add(node);
        partitions.updateCache();
        RedisAdvancedClusterAsyncCommands<?, ?> commands =
                fake(RedisAdvancedClusterAsyncCommands.class, Map.of("spublish", arguments -> {
                    if (opening.isDone()) {
                        return write(arguments);
                    }
                    return future(opening.thenCompose(opened -> write(arguments)));
                }));
        return fake(
                StatefulRedisClusterConnection.class,
                Map.of(
                        "getPartitions", arguments -> partitions,
                        "getConnectionAsync", arguments -> opening,
                        "async", arguments -> commands));
    }

    private StatefulRedisConnection<String, byte[]> single() {
        RedisAsyncCommands<?, ?> commands = fake(RedisAsyncCommands.class, Map.of("publish", this::write));
        return fake(StatefulRedisConnection.class, Map.of("isOpen", arguments -> true, "async", arguments -> commands));
    }

    private RedisFuture<Long> write(Object[] arguments) {
        written.add(new String((byte[]) arguments[1], StandardCharsets.UTF_8));
        return future(CompletableFuture.completedFuture(1L));
    }

    private static RedisFuture<Long> future(CompletableFuture<Long> result) {
        return cast(Proxy.newProxyInstance(
                RedisFuture.class.getClassLoader(),
                new Class<?>[] {RedisFuture.class},
                (proxy, method, arguments) -> method.invoke(result, arguments)));
    }

    private static <T> T fake(Class<?> type, Map<String, Function<Object[], Object>> methods) {
        return cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> methods.get(method.getName()).apply(arguments)));
    }

    @SuppressWarnings("unchecked") // A proxy has the type that its caller asks for.
    private static <T> T cast(Object proxy) {
        return (T) proxy;
    }
}
