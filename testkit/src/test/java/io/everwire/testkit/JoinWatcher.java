package io.everwire.testkit;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.LocalSocket;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * An adapter that runs code of a test just before a socket joins its first room. The socket is visible then, but in no
 * room.
 */
final class JoinWatcher extends ForwardingAdapter {
    static final BroadcastOptions EVERYBODY = BroadcastOptions.EVERYBODY;

    private final BiConsumer<Adapter, LocalSocket> watcher;

    JoinWatcher(Adapter adapter, BiConsumer<Adapter, LocalSocket> watcher) {
        super(adapter);
        this.watcher = watcher;
    }

    @Override
    public CompletionStage<Void> join(LocalSocket socket, Collection<String> rooms) {
        watcher.accept(adapter, socket);
        return adapter.join(socket, rooms);
    }
}
