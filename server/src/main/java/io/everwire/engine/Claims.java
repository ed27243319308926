package io.everwire.engine;

import io.everwire.protocol.Claim;
import io.everwire.protocol.Generation;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the requests of one engine among those of the application. Any thread. */
final class Claims {
    private final EngineOptions options;
    private final List<Generation> generations;
    private final ClientFiles files;

    Claims(EngineOptions options, List<Generation> generations) {
        this.options = options;
        this.generations = generations;
        this.files = new ClientFiles(options.clientFiles());
    }

    /** A request of the engine: for a client file, or claimed by a generation. */
    record Found(
            @Nullable Response file,
            @Nullable Generation claimant,
            @Nullable Claim decision) {
        /** Returns the generation, of a request that is not for a file. */
        Generation generation() {
            return Objects.requireNonNull(claimant);
        }

        /** Returns the decision of {@link #generation}. */
        Claim claim() {
            return Objects.requireNonNull(decision);
        }
    }

    /**
     * Returns null for a request of the application.
     *
     * @param served says whether the host serves clients of a generation
     */
    @Nullable
    Found find(RequestHead head, Predicate<Generation> served) {
        String rest = options.rest(head.target());
        if (rest == null) {
            return null;
        }
        Response file = files.find(head, rest);
        if (file != null) {
            return new Found(file, null, null);
        }
        for (Generation generation : generations) {
            Claim claim = served.test(generation) ? generation.claim(head, rest, options.session(generation)) : null;
            if (claim != null) {
                return new Found(null, generation, claim);
            }
        }
        return null;
    }
}
