package io.everwire.engine;

import io.everwire.protocol.Generation;
import io.everwire.protocol.SessionOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the engine needs to know. Built and validated by the server's options, where each has its default and reason.
 *
 * @param path where the server is, without a slash at its end
 * @param session the bounds and timings of every session
 * @param origins which pages may use the server
 * @param maxSessions how many sessions there may be at one time
 * @param clientFiles the version served as {@code socket.io.js} right under the path, or null to serve no files
 * @param compression what hosts compress
 * @param trailingSlash whether there must be a slash behind the path
 * @param perGeneration the bounds and timings of single generations, by name, where they differ
 * @param maxQueuedTotal how much may wait to be read by all clients together, in bytes
 * @param proxies whose word is taken for whom a request comes from
 */
public record EngineOptions(
        String path,
        SessionOptions session,
        Origins origins,
        int maxSessions,
        @Nullable String clientFiles,
        Compression compression,
        boolean trailingSlash,
        Map<String, SessionOptions> perGeneration,
        TrustedProxies proxies,
        long maxQueuedTotal) {

    /** Copies the collections. */
    public EngineOptions {
        perGeneration = Map.copyOf(perGeneration);
    }

    /** With a slash, as all clients send it, the same for all generations, without proxies or a bound on what waits for all. */
    public EngineOptions(
            String path,
            SessionOptions session,
            Origins origins,
            int maxSessions,
            @Nullable String clientFiles,
            Compression compression) {
        this(
                path,
                session,
                origins,
                maxSessions,
                clientFiles,
                compression,
                true,
                Map.of(),
                TrustedProxies.NONE,
                Long.MAX_VALUE);
    }

    /** Without compression. */
    public EngineOptions(
            String path, SessionOptions session, Origins origins, int maxSessions, @Nullable String clientFiles) {
        this(path, session, origins, maxSessions, clientFiles, Compression.NONE);
    }

    /** The bounds and timings of a generation's sessions. */
    public SessionOptions session(Generation generation) {
        return perGeneration.getOrDefault(generation.name(), session);
    }
}
