package io.everwire;

import io.everwire.protocol.Generation;
import io.everwire.protocol.SessionOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which generations of clients are served, and how. They are named {@code gen0} (Socket.IO 0.6), {@code gen1} (0.7 to 0.9),
 * {@code eio3} (1.x and 2.x) and {@code eio4} (3.x and 4.x). What the clients of one that is not served are answered is told
 * in {@code docs/generations.md}.
 *
 * <p>Immutable: each method returns options that differ from these. A name that no generation has is refused with
 * {@link IllegalArgumentException} when a server is created with it.
 */
public final class GenerationOptions {
    private static final GenerationOptions ALL = new GenerationOptions(Set.of(), Set.of(), Map.of(), false);

    /** Empty for all. */
    private final Set<String> only;

    private final Set<String> without;
    private final Map<String, Set<String>> transports;
    private final boolean engineOnly;

    private GenerationOptions(
            Set<String> only, Set<String> without, Map<String, Set<String>> transports, boolean engineOnly) {
        this.only = only;
        this.without = without;
        this.transports = transports;
        this.engineOnly = engineOnly;
    }

    /** All generations: the default. */
    public static GenerationOptions all() {
        return ALL;
    }

    /**
     * These generations and no others.
     *
     * @throws IllegalArgumentException if there is no name
     */
    public static GenerationOptions only(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("generations: none is named");
        }
        return new GenerationOptions(Set.of(names), Set.of(), Map.of(), false);
    }

    /** All generations but these. */
    public static GenerationOptions without(String... names) {
        return new GenerationOptions(Set.of(), Set.of(names), Map.of(), false);
    }

    /**
     * The transports that one generation's clients are served, whatever {@link ServerOptions.Builder#transports} says for all.
     * One that the generation does not have is refused when a server is created.
     *
     * @param names as on the wire
     * @throws IllegalArgumentException if there is none
     */
    public GenerationOptions transports(String generation, String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("transports: none is named for " + generation);
        }
        Map<String, Set<String>> changed = new HashMap<>(transports);
        changed.put(generation, Set.of(names));
        return new GenerationOptions(only, without, Map.copyOf(changed), engineOnly);
    }

    /**
     * Engine.IO alone, without Socket.IO on top of it, as the Node module {@code engine.io} serves it. Its clients are in the
     * namespace {@code /} without asking, and send and receive messages ({@link EventRegistry#onMessage(Handler.Of1)},
     * {@link Socket#send}): a text is a {@code String}, a binary message a {@code byte[]}. They look for it under the path
     * {@code /engine.io}. Generations that have no Engine.IO are not served.
     */
    public GenerationOptions engineOnly() {
        return new GenerationOptions(only, without, transports, true);
    }

    /** What holds for the sessions of those generations, by name, for which it is not the same as for all. */
    Map<String, SessionOptions> sessions(SessionOptions all) {
        Map<String, SessionOptions> sessions = new HashMap<>();
        transports.forEach((generation, names) -> sessions.put(generation, all.withTransports(names)));
        return sessions;
    }

    /**
     * Chooses among all there are, in their order: for servers with generations of their own.
     *
     * @throws IllegalArgumentException if one is named that there is not, or if none is left
     */
    public List<Generation> among(List<Generation> all) {
        List<String> names = all.stream().map(Generation::name).toList();
        Preconditions.known("generations", only, names);
        Preconditions.known("generations", without, names);
        Preconditions.known("generations", transports.keySet(), names);
        for (Generation each : all) {
            Set<String> chosen = transports.getOrDefault(each.name(), Set.of());
            Preconditions.known("transports of " + each.name(), chosen, each.transports());
        }
        Predicate<Generation> chosen = generation ->
                (only.isEmpty() || only.contains(generation.name())) && !without.contains(generation.name());
        List<Generation> left = all.stream().filter(chosen).toList();
        if (engineOnly) {
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
}
