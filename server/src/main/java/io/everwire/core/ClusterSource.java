package io.everwire.core;

import io.everwire.ClusterMember;
import io.everwire.Registration;
import io.everwire.ServerResponses;
import io.everwire.ServerSideHandler;
import io.everwire.TypeToken;
import io.everwire.adapter.RoomListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A {@link ClusterMember} that sends and receives by {@link ClusterEvents}. */
interface ClusterSource extends ClusterMember {
    /** Returns the cluster events of the namespace. */
    ClusterEvents clusterEvents();

    @Override
    default CompletableFuture<Integer> serverCount() {
        return clusterEvents().serverCount();
    }

    @Override
    default void serverSideEmit(String event, @Nullable Object... args) {
        clusterEvents().emit(event, args);
    }

    @Override
    default <T> CompletableFuture<ServerResponses<T>> serverSideCall(
            Duration timeout, String event, TypeToken<T> answer, @Nullable Object... args) {
        return clusterEvents().call(timeout, event, answer, args);
    }

    @Override
    default Registration onServerSideCall(String event, ServerSideHandler handler) {
        return clusterEvents().add(event, handler);
    }

    @Override
    default Registration onRooms(RoomListener listener) {
        return clusterEvents().add(listener);
    }
}
