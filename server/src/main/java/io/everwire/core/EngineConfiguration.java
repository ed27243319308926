package io.everwire.core;

import io.everwire.DeflateOptions;
import io.everwire.GenerationOptions;
import io.everwire.ProxyOptions;
import io.everwire.ServerOptions;
import io.everwire.TransportOptions;
import io.everwire.engine.ClientFiles;
import io.everwire.engine.Compression;
import io.everwire.engine.EngineOptions;
import io.everwire.engine.MemoryLimits;
import io.everwire.engine.Origins;
import io.everwire.engine.TrustedProxies;
import io.everwire.protocol.Generation;
import io.everwire.protocol.InitialPacket;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.generations.Generations;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Converts the options of a server to those of the engine, and checks names that only the implementation knows. */
public final class EngineConfiguration {
    private EngineConfiguration() {}

    /**
     * Returns the generations that options choose among {@code all}, in their order.
     *
     * @throws IllegalArgumentException if a name does not exist, or no generation is left
     */
    public static List<Generation> generations(GenerationOptions options, List<Generation> all) {
        List<String> names = all.stream().map(Generation::name).toList();
        checkNames("generations", options.only(), names);
        checkNames("generations", options.without(), names);
        checkNames("generations", options.transports().keySet(), names);
        checkNames("generations", options.pingInterval().keySet(), names);
        checkNames("generations", options.pingTimeout().keySet(), names);
        for (Generation each : all) {
            Set<String> chosen = options.transports().getOrDefault(each.name(), Set.of());
            checkNames("transports of " + each.name(), chosen, each.transports());
        }
        List<Generation> left = all.stream()
                .filter(generation -> isEnabled(options, generation))
                .toList();
        if (options.engineOnly()) {
            left = left.stream()
                    .map(Generation::engine)
                    .filter(Objects::nonNull)
                    .toList();
        }
        if (left.isEmpty()) {
            throw new IllegalArgumentException("generations: none is left of " + names);
        }
        return left;
    }

    /**
     * Returns the other generations of {@code all}, which only reject their requests; none for Engine.IO alone, whose
     * path is another one.
     */
    static List<Generation> disabled(GenerationOptions options, List<Generation> all) {
        return all.stream()
                .filter(generation -> !options.engineOnly() && !isEnabled(options, generation))
                .<Generation>map(DisabledGeneration::new)
                .toList();
    }

    private static boolean isEnabled(GenerationOptions options, Generation generation) {
        return (options.only().isEmpty() || options.only().contains(generation.name()))
                && !options.without().contains(generation.name());
    }

    /**
     * Checks names of transports and parsers, against all generations, and origins. Generations that are not served count, too, so
     * that a list of transports need not change when a generation is switched off.
     *
     * @throws IllegalArgumentException if a name is unknown or an origin is malformed
     */
    static void validate(ServerOptions options) {
        Set<String> transports = names(Generation::transports);
        checkNames("transports", options.transports(), transports);
        checkNames("transport", options.transportOptions().keySet(), transports);
        checkNames("parsers", options.parsers(), names(Generation::parsers));
        origins(options);
        ClientFiles.checked(options.clientFiles());
        OptionConflicts.check(options, Generations.ALL);
    }

    private static Origins origins(ServerOptions options) {
        return Origins.of(options.origins()).withHosts(options.allowedHosts()).withFilter(options.originFilter());
    }

    /**
     * Returns the trusted proxies.
     *
     * @throws IllegalArgumentException if an entry is neither an address nor a network
     */
    static TrustedProxies proxies(ProxyOptions options) {
        TrustedProxies proxies = TrustedProxies.of(options.addresses());
        return options.forwarded() ? proxies.forwarded() : proxies;
    }

    /** Returns the options of the engine. */
    static EngineOptions engine(ServerOptions options, List<Generation> generations) {
        SessionOptions session = session(options, generations);
        return new EngineOptions(
                options.path(),
                session,
                origins(options),
                options.maxSessions(),
                options.clientFiles(),
                compression(options),
                options.addTrailingSlash(),
                perGeneration(options.generations(), session),
                proxies(options.trustedProxies()),
                new MemoryLimits(
                        options.limits().maxQueuedBytesTotal(),
                        options.limits().maxInputBytesTotal(),
                        options.limits().maxSessionBytesTotal(),
                        options.limits().maxVolatileKeys()),
                Math.max(1, options.limits().maxUnconnected() / 2),
                options.limits().unusedTimeout().toMillis());
    }

    /** Returns the options of the generations that have their own, by name. */
    private static Map<String, SessionOptions> perGeneration(GenerationOptions own, SessionOptions session) {
        Map<String, SessionOptions> perGeneration = new HashMap<>();
        Stream.of(own.transports(), own.pingInterval(), own.pingTimeout())
                .flatMap(values -> values.keySet().stream())
                .distinct()
                .forEach(name -> perGeneration.put(
                        name,
                        session.withTransports(own.transports().getOrDefault(name, session.transports()))
                                .withHeartbeat(
                                        millis(own.pingInterval().get(name)).orElse(session.pingInterval()),
                                        millis(own.pingTimeout().get(name)).orElse(session.pingTimeout()))));
        return perGeneration;
    }

    private static SessionOptions session(ServerOptions options, List<Generation> generations) {
        return new SessionOptions(
                options.transports(),
                withheld(options, generations),
                options.allowUpgrades(),
                options.maxHttpBufferSize(),
                options.maxQueuedBytes(),
                options.maxAttachments(),
                options.maxJsonDepth(),
                options.pingInterval().toMillis(),
                options.pingTimeout().toMillis(),
                options.upgradeTimeout().toMillis(),
                transports(options),
                initialPacket(options),
                options.limits().attachmentTimeout().toMillis(),
                options.parsers());
    }

    private static Set<String> withheld(ServerOptions options, List<Generation> generations) {
        return options.scriptTransports()
                ? Set.of()
                : generations.stream()
                        .flatMap(generation -> generation.withheld().stream())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, io.everwire.protocol.TransportOptions> transports(ServerOptions options) {
        Map<String, io.everwire.protocol.TransportOptions> transports = new HashMap<>();
        options.transportOptions().forEach((name, transport) -> transports.put(name, transport(transport)));
        return Map.copyOf(transports);
    }

    private static io.everwire.protocol.TransportOptions transport(TransportOptions options) {
        return new io.everwire.protocol.TransportOptions(
                millis(options.closeTimeout()),
                millis(options.heartbeatInterval()),
                millis(options.heartbeatTimeout()),
                millis(options.pollDuration()));
    }

    private static OptionalLong millis(@Nullable Duration duration) {
        return duration == null ? OptionalLong.empty() : OptionalLong.of(duration.toMillis());
    }

    private static @Nullable InitialPacket initialPacket(ServerOptions options) {
        String text = options.initialPacket();
        byte[] bytes = options.initialBinaryPacket();
        if (text != null) {
            return InitialPacket.text(text);
        }
        return bytes == null ? null : InitialPacket.binary(bytes);
    }

    private static Compression compression(ServerOptions options) {
        DeflateOptions deflate = options.perMessageDeflate();
        return new Compression(
                options.httpCompression(),
                deflate == null
                        ? null
                        : new Compression.Deflate(deflate.threshold(), deflate.contextTakeover(), deflate.level()));
    }

    private static Set<String> names(Function<Generation, Set<String>> of) {
        return Generations.ALL.stream()
                .flatMap(generation -> of.apply(generation).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void checkNames(String option, Collection<String> given, Collection<String> known) {
        for (String name : given) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        option + ": there is no \"" + name + "\" among " + new TreeSet<>(known));
            }
        }
    }
}
