package io.everwire;

import org.jspecify.annotations.Nullable;

/** Answers what another server asks; see {@link ClusterMember#onServerSideCall}. */
@FunctionalInterface
public interface ServerSideHandler {
    /**
     * Answers.
     *
     * @return one value, or a {@link java.util.concurrent.CompletionStage} of it; if it fails, nothing is answered
     */
    @Nullable
    Object on(Arguments arguments) throws Exception;
}
