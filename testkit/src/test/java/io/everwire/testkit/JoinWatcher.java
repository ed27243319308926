package io.everwire.testkit;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.LocalSocket;
import java.util.Collection;
import java.util.function.BiConsumer;

/** An adapter that lets a test do something just before a socket joins its first room: it is visible then, and no more. */
final class JoinWatcher extends ForwardingAdapter {
    static final BroadcastOptions EVERYBODY = BroadcastOptions.EVERYBODY;

    private final BiConsumer<Adapter, LocalSocket> watcher;

    JoinWatcher(Adapter adapter, BiConsumer<Adapter, LocalSocket> watcher) {
        super(adapter);
        this.watcher = watcher;
    }

    @Override
    public void join(LocalSocket socket, Collection<String> rooms) {
        watcher.accept(adapter, socket);
        adapter.join(socket, rooms);
    }
}
