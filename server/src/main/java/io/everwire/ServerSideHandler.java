package io.everwire;

import org.jspecify.annotations.Nullable;

/** Answers another server of the cluster; see {@link ClusterMember#onServerSideCall}. */
@FunctionalInterface
public interface ServerSideHandler {
    /**
     * Handles the event.
     *
     * @return one value, an {@link Ack} of several, a {@link java.util.concurrent.CompletionStage} of either, or {@link Ack#none}. If it fails, the other server
     *     receives no answer
     */
    @Nullable
    Object on(Arguments arguments) throws Exception;
}
