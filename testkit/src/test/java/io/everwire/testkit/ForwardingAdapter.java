package io.everwire.testkit;

import io.everwire.adapter.AckCollector;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.FetchedSockets;
import io.everwire.adapter.LocalSocket;
import io.everwire.adapter.RestoredSession;
import io.everwire.adapter.SavedSession;
import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An adapter that passes every call on to another adapter. Tests override the calls that they watch. */
public abstract class ForwardingAdapter implements Adapter {
    final Adapter adapter;

    protected ForwardingAdapter(Adapter adapter) {
        this.adapter = adapter;
    }

    @Override
    public CompletionStage<Void> join(LocalSocket socket, Collection<String> rooms) {
        return adapter.join(socket, rooms);
    }

    @Override
    public void leave(LocalSocket socket, String room) {
        adapter.leave(socket, room);
    }

    @Override
    public void leaveAll(LocalSocket socket) {
        adapter.leaveAll(socket);
    }

    @Override
    public Set<String> rooms(LocalSocket socket) {
        return adapter.rooms(socket);
    }

    @Override
    public Collection<? extends LocalSocket> select(BroadcastOptions options) {
        return adapter.select(options);
    }

    @Override
    public boolean reaches(BroadcastOptions options) {
        return adapter.reaches(options);
    }

    @Override
    public void broadcast(Packet packet, BroadcastOptions options) {
        adapter.broadcast(packet, options);
    }

    @Override
    public CompletionStage<Void> broadcastWithAck(
            Packet.Event packet, BroadcastOptions options, long timeoutMillis, AckCollector collector) {
        return adapter.broadcastWithAck(packet, options, timeoutMillis, collector);
    }

    @Override
    public CompletionStage<FetchedSockets> fetchSockets(BroadcastOptions options) {
        return adapter.fetchSockets(options);
    }

    @Override
    public void addSockets(BroadcastOptions options, Collection<String> rooms) {
        adapter.addSockets(options, rooms);
    }

    @Override
    public void delSockets(BroadcastOptions options, Collection<String> rooms) {
        adapter.delSockets(options, rooms);
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        adapter.disconnectSockets(options, close);
    }

    @Override
    public void persistSession(SavedSession session) {
        adapter.persistSession(session);
    }

    @Override
    public CompletionStage<@Nullable RestoredSession> restoreSession(String pid, String offset) {
        return adapter.restoreSession(pid, offset);
    }
}
