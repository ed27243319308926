package io.everwire;

import io.everwire.engine.Compression;
import io.everwire.engine.EngineOptions;
import io.everwire.engine.Origins;
import io.everwire.protocol.Generation;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.generations.Generations;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The options of a server as the engine wants them, and what is wrong with them. */
final class OptionsValidator {
    private OptionsValidator() {}

    static EngineOptions of(OptionValues values, List<Generation> generations) {
        SessionOptions session = session(values, generations);
        return new EngineOptions(
                values.path,
                session,
                Origins.of(values.origins),
                values.maxSessions,
                values.clientFiles,
                compression(values),
                values.addTrailingSlash,
                values.generations.sessions(session),
                values.trustedProxies.proxies(),
                values.limits.maxQueuedBytesTotal());
    }

    /** @throws IllegalArgumentException if a value is out of its range; names the option, the value and the range */
    static void check(OptionValues values) {
        if (!values.path.matches("(/[^/?#\\s]+)+")) {
            throw new IllegalArgumentException("path: \"" + values.path + "\" is not a path such as /socket.io");
        }
        Preconditions.time("pingInterval", values.pingInterval);
        Preconditions.time("pingTimeout", values.pingTimeout);
        Preconditions.time("upgradeTimeout", values.upgradeTimeout);
        Preconditions.time("connectTimeout", values.connectTimeout);
        Preconditions.time("ackTimeout", values.ackTimeout);
        Preconditions.range("maxHttpBufferSize", values.maxHttpBufferSize, 1, 1 << 30);
        Preconditions.range("maxQueuedBytes", values.maxQueuedBytes, 1, 1 << 30);
        Preconditions.range("maxPendingInput", values.maxPendingInput, 1, 1 << 30);
        Preconditions.range("maxAttachments", values.maxAttachments, 0, 10_000);
        Preconditions.range("maxJsonDepth", values.maxJsonDepth, 1, 1_000);
        Preconditions.range("maxSessions", values.maxSessions, 1, Integer.MAX_VALUE);
        Preconditions.range("maxNamespaces", values.maxNamespaces, 1, 10_000);
        Preconditions.range("maxDynamicNamespaces", values.maxDynamicNamespaces, 0, Integer.MAX_VALUE);
        checkNames(values);
        Origins.of(values.origins);
        Preconditions.time("closeTimeout", values.closeTimeout);
        Preconditions.range("httpCompression", values.httpCompression, 0, Integer.MAX_VALUE);
    }

    private static SessionOptions session(OptionValues values, List<Generation> generations) {
        return new SessionOptions(
                values.transports,
                withheld(values, generations),
                values.allowUpgrades,
                values.maxHttpBufferSize,
                values.maxQueuedBytes,
                values.maxAttachments,
                values.maxJsonDepth,
                values.pingInterval.toMillis(),
                values.pingTimeout.toMillis(),
                values.upgradeTimeout.toMillis(),
                values.transportOptions,
                values.initialPacket,
                values.limits.attachmentTimeout().toMillis(),
                values.parsers);
    }

    private static Set<String> withheld(OptionValues values, List<Generation> generations) {
        return values.scriptTransports
                ? Set.of()
                : generations.stream()
                        .flatMap(generation -> generation.withheld().stream())
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Against all generations, served or not: a list of transports need not change when a generation is switched off. */
    private static void checkNames(OptionValues values) {
        Set<String> transports = names(Generation::transports);
        Preconditions.known("transports", values.transports, transports);
        Preconditions.known("transport", values.transportOptions.keySet(), transports);
        Preconditions.known("parsers", values.parsers, names(Generation::parsers));
    }

    private static Set<String> names(Function<Generation, Set<String>> of) {
        return Generations.ALL.stream()
                .flatMap(generation -> of.apply(generation).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Compression compression(OptionValues values) {
        return new Compression(
                values.httpCompression, values.perMessageDeflate == null ? null : values.perMessageDeflate.values());
    }
}
