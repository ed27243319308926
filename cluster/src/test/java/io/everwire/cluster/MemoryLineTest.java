package io.everwire.cluster;

import io.everwire.adapter.Adapter;
import io.everwire.testkit.adapter.AdapterContract;
import org.junit.jupiter.api.Nested;

/** The contract of adapters on the bytes of each wire, with three servers on a line in memory. */
class MemoryLineTest {
    private abstract static class OnBus extends AdapterContract {
        private final MemoryBus bus = new MemoryBus();
        private final ClusterOptions options;

        OnBus(ClusterOptions options) {
            this.options = options;
        }

        @Override
        protected Adapter.Factory factory(int server) {
            return new ClusterAdapters(options, bus.line());
        }

        @Override
        protected int servers() {
            return 3;
        }

        @Override
        protected void settle() {
            bus.settle();
        }
    }

    @Nested
    class Classic extends OnBus {
        Classic() {
            super(ClusterOptions.DEFAULTS);
        }
    }

    @Nested
    class ClassicWithExactSubscriptions extends OnBus {
        ClassicWithExactSubscriptions() {
            super(ClusterOptions.builder().exactSubscriptions(true).build());
        }
    }

    @Nested
    class ClassicWithSpecificResponses extends OnBus {
        ClassicWithSpecificResponses() {
            super(ClusterOptions.builder()
                    .publishOnSpecificResponseChannel(true)
                    .build());
        }
    }

    @Nested
    class ShardedStatic extends OnBus {
        ShardedStatic() {
            super(ClusterOptions.builder().sharded(SubscriptionMode.STATIC).build());
        }
    }

    @Nested
    class ShardedDynamic extends OnBus {
        ShardedDynamic() {
            super(ClusterOptions.builder().sharded(SubscriptionMode.DYNAMIC).build());
        }
    }

    @Nested
    class ShardedDynamicPrivate extends OnBus {
        ShardedDynamicPrivate() {
            super(ClusterOptions.builder()
                    .sharded(SubscriptionMode.DYNAMIC_PRIVATE)
                    .build());
        }
    }
}
