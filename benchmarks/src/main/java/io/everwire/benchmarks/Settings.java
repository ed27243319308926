package io.everwire.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What to measure, and how long.
 *
 * @param idle whether idle connections are measured, too
 * @param warmUp CPU seconds each server works at least before it is measured
 * @param rounds how often each is measured
 * @param seconds how long a round is
 * @param retries how often a round may be repeated because others were working meanwhile
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
        Path out) {

    /** The scenario that is none of {@link Scenario}: it measures memory. */
    private static final String IDLE = "idle";

    /** All of {@link Scenario#SCALING}. */
    private static final String SCALING = "scaling";

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException if it makes no sense; says why
     */
    static Settings of(List<String> args) {
        List<Scenario> scenarios = new ArrayList<>();
        boolean idle = false;
        Set<Peer> servers = EnumSet.allOf(Peer.class);
        Settings settings =
                new Settings(List.of(), false, servers, 8, 5, 3, 2, Path.of("benchmarks"), Path.of("docs/benchmarks"));
        for (String arg : args) {
            String[] option = arg.split("=", 2);
            if (arg.equals(IDLE)) {
                idle = true;
            } else if (arg.equals(SCALING)) {
                scenarios.addAll(Scenario.SCALING);
            } else if (!arg.startsWith("--")) {
                scenarios.add(Scenario.of(arg));
            } else if (option.length < 2 && !arg.equals("--quick")) {
                throw new IllegalArgumentException(arg + ": needs a value, as in --rounds=5");
            } else {
                settings = settings.with(option[0], option.length < 2 ? "" : option[1]);
            }
        }
        boolean all = scenarios.isEmpty() && !idle;
        return settings.choose(all ? Scenario.COMPARING : scenarios, idle || all);
    }

    private Settings choose(List<Scenario> chosen, boolean idle) {
        return new Settings(chosen, idle, servers, warmUp, rounds, seconds, retries, module, out);
    }

    private Settings with(String option, String value) {
        return switch (option) {
            case "--quick" -> timed(4, 3, 2, 0);
            case "--warm-up" -> timed(number(option, value), rounds, seconds, retries);
            case "--rounds" -> timed(warmUp, (int) number(option, value), seconds, retries);
            case "--seconds" -> timed(warmUp, rounds, number(option, value), retries);
            case "--retries" -> timed(warmUp, rounds, seconds, (int) number(option, value));
            case "--servers" -> among(value);
            case "--out" ->
                new Settings(scenarios, idle, servers, warmUp, rounds, seconds, retries, module, Path.of(value));
            default -> throw new IllegalArgumentException(option + ": no such option");
        };
    }

    private Settings timed(double warmUp, int rounds, double seconds, int retries) {
        return new Settings(scenarios, idle, servers, warmUp, rounds, seconds, retries, module, out);
    }

    private Settings among(String labels) {
        Set<Peer> chosen = EnumSet.noneOf(Peer.class);
        Arrays.stream(labels.split(",", -1)).map(Peer::of).forEach(chosen::add);
        return new Settings(scenarios, idle, chosen, warmUp, rounds, seconds, retries, module, out);
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
