package io.everwire.testkit;

import io.everwire.adapter.Adapter;
import io.everwire.testkit.adapter.AdapterContract;
import java.time.Duration;

/** Three servers that are joined by an adapter pass the contract of adapters: the port fits adapters of clusters. */
class ClusterTest extends AdapterContract {
    private final Bus bus = new Bus();

    @Override
    protected int servers() {
        return 3;
    }

    @Override
    protected Adapter.Factory factory(int server) {
        return bus.factory();
    }

    @Override
    protected void settle() {
        bus.settle();
    }

    @Override
    protected void advance(Duration duration) {
        bus.advance(duration);
    }
}
