package io.everwire.testkit;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.testkit.adapter.AdapterContract;

class MemoryAdapterTest extends AdapterContract {
    @Override
    protected Adapter.Factory factory(int server) {
        return (namespace, sockets) -> new MemoryAdapter(sockets);
    }
}
