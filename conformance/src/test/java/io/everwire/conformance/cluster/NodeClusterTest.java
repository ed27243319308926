package io.everwire.conformance.cluster;

import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.cluster.ClusterMatrix.Pair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** A Java server and a Node server with @socket.io/redis-adapter 8.3 share one cluster, in every mode of it. */
class NodeClusterTest {
    private static Agent browser;

    @BeforeAll
    static void start() {
        browser = new Agent();
    }

    @AfterAll
    static void stop() throws Exception {
        browser.close();
    }

    @Nested
    class OnOnePattern extends WithNode.Classic {
        OnOnePattern() {
            super(Pair.CLASSIC, "classic", ClusterOptions.DEFAULTS);
        }

        @Override
        Agent browser() {
            return browser;
        }
    }

    @Nested
    class OnExactChannels extends WithNode.Classic {
        OnExactChannels() {
            super(
                    Pair.CLASSIC_EXACT,
                    "classic-specific",
                    ClusterOptions.builder()
                            .exactSubscriptions(true)
                            .publishOnSpecificResponseChannel(true)
                            .build());
        }

        @Override
        Agent browser() {
            return browser;
        }
    }

    private abstract static class Sharded extends WithNode {
        Sharded(Pair pair, String mode, SubscriptionMode ours) {
            super(pair, mode, ClusterOptions.builder().sharded(ours).build());
        }

        @Override
        Agent browser() {
            return browser;
        }
    }

    @Nested
    class ShardedStatic extends Sharded {
        ShardedStatic() {
            super(Pair.SHARDED_STATIC, "static", SubscriptionMode.STATIC);
        }
    }

    @Nested
    class ShardedDynamic extends Sharded {
        ShardedDynamic() {
            super(Pair.SHARDED_DYNAMIC, "dynamic", SubscriptionMode.DYNAMIC);
        }
    }

    @Nested
    class ShardedDynamicPrivate extends Sharded {
        ShardedDynamicPrivate() {
            super(Pair.SHARDED_DYNAMIC_PRIVATE, "dynamic-private", SubscriptionMode.DYNAMIC_PRIVATE);
        }
    }
}
