package io.everwire;

import org.jspecify.annotations.Nullable;

/** Answers another server of the cluster; see {@link ClusterMember#onServerSideCall}. */
@FunctionalInterface
public interface ServerSideHandler {
    /**
     * Handles the event.
     *
     * @return one value, a {@link java.util.concurrent.CompletionStage} of it, or {@link Ack#none}. If it fails, the other server
     *     receives no answer
     */
    @Nullable
    Object on(Arguments arguments) throws Exception;
}
