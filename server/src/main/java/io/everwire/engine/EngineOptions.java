package io.everwire.engine;

import io.everwire.protocol.Generation;
import io.everwire.protocol.SessionOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of an engine. Built and validated by the server's options, which document each default and its reason.
 *
 * @param path the server's path, without a slash at its end
 * @param session the limits and timings of every session
 * @param origins the pages that may use the server
 * @param maxSessions the limit of sessions at one time
 * @param clientFiles the versions of clients that are served, the one right under the path first
 * @param compression the data that hosts compress
 * @param trailingSlash whether a slash must follow the path
 * @param perGeneration the limits and timings of single generations, by name, if they differ
 * @param proxies the proxies that report the addresses of clients
 * @param memory the limits of the memory that all clients use together
 * @param maxUnused the number of sessions without a second request above which the oldest ones are closed
 * @param unusedTimeout the time after which a session without a second request is closed, in milliseconds; 0 for never
 */
public record EngineOptions(
        String path,
        SessionOptions session,
        Origins origins,
        int maxSessions,
        List<String> clientFiles,
        Compression compression,
        boolean trailingSlash,
        Map<String, SessionOptions> perGeneration,
        TrustedProxies proxies,
        MemoryLimits memory,
        int maxUnused,
        long unusedTimeout) {

    /** Copies the collections. */
    public EngineOptions {
        perGeneration = Map.copyOf(perGeneration);
        clientFiles = List.copyOf(clientFiles);
    }

    /**
     * Has one version of client files, or none if it is null, a slash, as all clients send it, the same options for all
     * generations, no proxies, no limit for all clients together, and no timeout of unused sessions.
     */
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
                clientFiles == null ? List.of() : List.of(clientFiles),
                compression,
                true,
                Map.of(),
                TrustedProxies.NONE,
                MemoryLimits.NONE,
                Integer.MAX_VALUE,
                0);
    }

    /** As the constructor above, without compression. */
    public EngineOptions(
            String path, SessionOptions session, Origins origins, int maxSessions, @Nullable String clientFiles) {
        this(path, session, origins, maxSessions, clientFiles, Compression.NONE);
    }

    /** Returns the limits and timings of a generation's sessions. */
    public SessionOptions session(Generation generation) {
        return perGeneration.getOrDefault(generation.name(), session);
    }

    /**
     * Returns the part of the target after the server's path, or null. {@code /socket.iox} is not under
     * {@code /socket.io}.
     */
    public @Nullable String rest(String target) {
        if (!target.startsWith(path)) {
            return null;
        }
        char next = target.length() > path.length() ? target.charAt(path.length()) : '?';
        if (next == '/') {
            return target.substring(path.length());
        }
        return next == '?' && !trailingSlash ? "/" + target.substring(path.length()) : null;
    }
}
