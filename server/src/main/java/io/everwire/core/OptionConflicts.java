package io.everwire.core;

import io.everwire.GenerationOptions;
import io.everwire.ServerOptions;
import io.everwire.protocol.Generation;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Refuses options that can never have an effect together: an application would rely on them in vain. */
final class OptionConflicts {
    private OptionConflicts() {}

    /**
     * Checks options against each other.
     *
     * @param all the generations of the library; options may name others, which are checked when a server is created
     * @throws IllegalArgumentException if an option has no effect; the message names it and the reason
     */
    static void check(ServerOptions options, List<Generation> all) {
        checkTransportOptions(options, all);
        checkHeartbeats("pingInterval", options.generations().pingInterval().keySet(), all);
        checkHeartbeats("pingTimeout", options.generations().pingTimeout().keySet(), all);
        List<Generation> served = served(options.generations(), all);
        if (served.isEmpty()) {
            return;
        }
        String names = served.stream().map(Generation::name).collect(Collectors.joining(", "));
        if (served.stream().noneMatch(generation -> hasTransport(options, generation))) {
            throw conflict("transports", options.transports() + " are not of the generations " + names);
        }
        boolean recovers =
                !options.generations().engineOnly() && served.stream().anyMatch(Generation::recovers);
        if (options.connectionStateRecovery() != null && !recovers) {
            throw conflict("connectionStateRecovery", "no client of the generations " + names + " can recover");
        }
        boolean packet = options.initialPacket() != null || options.initialBinaryPacket() != null;
        if (packet && served.stream().noneMatch(generation -> generation.engine() != null)) {
            throw conflict("initialPacket", "the generations " + names + " have no Engine.IO");
        }
    }

    /** Generations with Engine.IO have the heartbeats of the server, and no time of a single transport. */
    private static void checkTransportOptions(ServerOptions options, List<Generation> all) {
        Set<String> timed = all.stream()
                .filter(generation -> generation.engine() == null)
                .flatMap(generation -> generation.transports().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : options.transportOptions().keySet()) {
            if (!timed.contains(name)) {
                throw conflict("transport", name + " has no times of its own, as have " + timed);
            }
        }
    }

    private static void checkHeartbeats(String option, Set<String> generations, List<Generation> all) {
        for (Generation each : all) {
            if (generations.contains(each.name()) && each.engine() == null) {
                throw conflict(option + " of " + each.name(), "its transports have the times of their heartbeats");
            }
        }
    }

    private static List<Generation> served(GenerationOptions options, List<Generation> all) {
        return all.stream()
                .filter(generation -> options.only().isEmpty() || options.only().contains(generation.name()))
                .filter(generation -> !options.without().contains(generation.name()))
                .toList();
    }

    private static boolean hasTransport(ServerOptions options, Generation generation) {
        Collection<String> chosen =
                options.generations().transports().getOrDefault(generation.name(), options.transports());
        return chosen.isEmpty() || chosen.stream().anyMatch(generation.transports()::contains);
    }

    private static IllegalArgumentException conflict(String option, String reason) {
        return new IllegalArgumentException(option + " has no effect: " + reason);
    }
}
