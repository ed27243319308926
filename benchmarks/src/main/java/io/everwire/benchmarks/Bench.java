package io.everwire.benchmarks;

import io.everwire.benchmarks.load.Clients;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The program behind {@code ./everwire bench}: compares servers and writes a report of their costs. */
public final class Bench {
    private Bench() {}

    /** Runs the scenarios that the arguments name; see {@link Settings}. */
    public static void main(String[] args) throws Exception {
        Settings settings;
        try {
            if (List.of(args).contains(ClusterBench.LABEL)) {
                ClusterBench.run(List.of(args));
                return;
            }
            if (List.of(args).contains(ClusterSizing.LABEL)) {
                ClusterSizing.run(List.of(args));
                return;
            }
            settings = Settings.of(List.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println("everwire bench: " + e.getMessage());
            System.exit(2);
            return;
        }
        Machine machine = new Machine(ProcessHandle.current().info().command().orElse("java"));
        Map<Scenario, List<Result>> results = new LinkedHashMap<>();
        List<Idle.Result> idle = List.of();
        try (Clients clients = new Clients()) {
            for (Scenario scenario : settings.scenarios()) {
                System.out.println(scenario.label() + ": " + scenario.description());
                try (Contest contest = new Contest(scenario, settings, machine, clients)) {
                    results.put(scenario, contest.run());
                }
            }
            if (settings.idle()) {
                System.out.println("idle: connections that send no messages");
                idle = new Idle(settings, machine, clients).run();
            }
        }
        Report.write(settings, machine, results, idle);
    }
}
