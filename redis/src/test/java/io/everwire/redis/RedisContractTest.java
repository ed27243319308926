package io.everwire.redis;

import io.everwire.adapter.Adapter;
import io.everwire.cluster.ClusterAdapters;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.testkit.adapter.AdapterContract;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract of adapters over a real Redis, with three servers in each mode. */
class RedisContractTest {
    private static RedisProcess redis;
    private static RedisClient client;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        redis = RedisProcess.start();
        client = RedisClient.create();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (redis != null) {
            client.shutdown();
            redis.close();
        }
    }

    private abstract static class OnRedis extends AdapterContract {
        private final List<FencedLine> lines = new ArrayList<>();
        private final ClusterOptions options;

        OnRedis(ClusterOptions options) {
            this.options = options;
        }

        @Override
        protected Adapter.Factory factory(int server) {
            RedisLine line = new RedisLine(new StandaloneLink(client, RedisURI.create(redis.uri()), false));
            FencedLine fenced = options.sharded() ? FencedLine.sharded(line) : FencedLine.of(line);
            lines.add(fenced);
            return new ClusterAdapters(options, fenced);
        }

        @Override
        protected int servers() {
            return 3;
        }

        @Override
        protected void settle() {
            FencedLine.settle(lines);
        }
    }

    @Nested
    class Classic extends OnRedis {
        Classic() {
            super(ClusterOptions.DEFAULTS);
        }
    }

    @Nested
    class ClassicWithExactSubscriptions extends OnRedis {
        ClassicWithExactSubscriptions() {
            super(ClusterOptions.builder().exactSubscriptions(true).build());
        }
    }

    @Nested
    class ShardedStatic extends OnRedis {
        ShardedStatic() {
            super(ClusterOptions.builder().sharded(SubscriptionMode.STATIC).build());
        }
    }

    @Nested
    class ShardedDynamic extends OnRedis {
        ShardedDynamic() {
            super(ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC).build());
        }
    }

    @Nested
    class ShardedDynamicPrivate extends OnRedis {
        ShardedDynamicPrivate() {
            super(ClusterOptions.builder()
                    .sharded(SubscriptionMode.DYNAMIC_PRIVATE)
                    .build());
        }
    }
}
