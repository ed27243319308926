package io.everwire.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scenarios and servers of a run, and its length.
 *
 * @param idle whether idle connections are measured too
 * @param warmUp CPU seconds that each server works at least before it is measured
 * @param rounds the number of times that each server is measured
 * @param seconds the length of a round
 * @param retries the number of times that a round is repeated at most because other processes used the CPUs
 * @param before the root of an earlier checkout, with its build; null without {@code --before}
 */
record Settings(
        List<Scenario> scenarios,
        boolean idle,
        Set<Peer> servers,
        double warmUp,
        int rounds,
        double seconds,
        int retries,
        Path module,
        @Nullable Path before,
        Path out) {

    /** A scenario that is not a {@link Scenario}: it measures memory. */
    private static final String IDLE = "idle";

    /** All of {@link Scenario#SCALING}. */
    private static final String SCALING = "scaling";

    /** All of {@link Scenario#HOSTED}, with {@link Peer#HOSTED}. */
    private static final String HOSTS = "hosts";

    /** The folders of an earlier checkout that {@link Peer#BEFORE} runs. */
    private static final List<String> BUILT = List.of("benchmarks/target/classes", "benchmarks/target/lib");

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with the reason, if an argument is unknown or has a wrong value
     */
    static Settings of(List<String> args) {
        List<Scenario> scenarios = new ArrayList<>();
        boolean idle = false;
        Settings settings = new Settings(
                List.of(), false, Peer.current(), 8, 5, 3, 2, Path.of("benchmarks"), null, Path.of("docs/benchmarks"));
        for (String arg : args) {
            String[] option = arg.split("=", 2);
            if (arg.equals(IDLE)) {
                idle = true;
            } else if (arg.equals(SCALING)) {
                scenarios.addAll(Scenario.SCALING);
            } else if (arg.equals(HOSTS)) {
                scenarios.addAll(Scenario.HOSTED);
                settings = settings.servers.equals(Peer.current())
                        ? settings.among(Peer.HOSTED, settings.before)
                        : settings;
            } else if (!arg.startsWith("--")) {
                scenarios.add(Scenario.of(arg));
            } else if (option.length < 2 && !arg.equals("--quick")) {
                throw new IllegalArgumentException(arg + ": needs a value, as in --rounds=5");
            } else {
                settings = settings.with(option[0], option.length < 2 ? "" : option[1]);
            }
        }
        boolean all = scenarios.isEmpty() && !idle;
        return settings.withEarlierServers().choose(all ? Scenario.COMPARING : scenarios, idle || all);
    }

    private Settings choose(List<Scenario> chosen, boolean idle) {
        return new Settings(chosen, idle, servers, warmUp, rounds, seconds, retries, module, before, out);
    }

    private Settings with(String option, String value) {
        return switch (option) {
            case "--quick" -> timed(4, 3, 2, 0);
            case "--warm-up" -> timed(number(option, value), rounds, seconds, retries);
            case "--rounds" -> timed(warmUp, (int) number(option, value), seconds, retries);
            case "--seconds" -> timed(warmUp, rounds, number(option, value), retries);
            case "--retries" -> timed(warmUp, rounds, seconds, (int) number(option, value));
            case "--servers" -> among(labelled(value), before);
            case "--before" -> among(servers, built(Path.of(value)));
            case "--out" ->
                new Settings(
                        scenarios, idle, servers, warmUp, rounds, seconds, retries, module, before, Path.of(value));
            default -> throw new IllegalArgumentException(option + ": no such option");
        };
    }

    private Settings timed(double warmUp, int rounds, double seconds, int retries) {
        return new Settings(scenarios, idle, servers, warmUp, rounds, seconds, retries, module, before, out);
    }

    private Settings among(Set<Peer> chosen, @Nullable Path earlier) {
        return new Settings(scenarios, idle, chosen, warmUp, rounds, seconds, retries, module, earlier, out);
    }

    /**
     * Adds {@link Peer#BEFORE} to the servers if there is an earlier checkout and {@code --servers} names neither of
     * its servers.
     */
    private Settings withEarlierServers() {
        boolean named = !Collections.disjoint(servers, Peer.EARLIER);
        if (before == null && named) {
            throw new IllegalArgumentException("--servers: the servers of an earlier build need --before=FOLDER");
        }
        if (before == null || named) {
            return this;
        }
        Set<Peer> more = EnumSet.copyOf(servers);
        more.add(Peer.BEFORE);
        return among(more, before);
    }

    private static Set<Peer> labelled(String labels) {
        Set<Peer> chosen = EnumSet.noneOf(Peer.class);
        Arrays.stream(labels.split(",", -1)).map(Peer::of).forEach(chosen::add);
        return chosen;
    }

    private static Path built(Path checkout) {
        for (String folder : BUILT) {
            if (!Files.isDirectory(checkout.resolve(folder))) {
                throw new IllegalArgumentException("--before: " + checkout.toAbsolutePath() + " has no folder " + folder
                        + "; run \"./mvnw package -pl benchmarks -am -DskipTests\" there first");
            }
        }
        return checkout;
    }

    private static double number(String option, String value) {
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + ": \"" + value + "\" is not a number", e);
        }
        if (number < 0 || number > 3600) {
            throw new IllegalArgumentException(option + ": " + value + " is not within 0 to 3600");
        }
        return number;
    }
}
