package io.everwire.benchmarks;

import io.everwire.benchmarks.cluster.RedisServer;
import io.everwire.benchmarks.load.Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The scenario {@code cluster}: the cost of a broadcast between two servers over Redis, with options of its own. */
final class ClusterBench {
    /** The word on the command line. */
    static final String LABEL = "cluster";

    private double warmUp = 10;
    private int rounds = 5;
    private double seconds = 3;
    private @Nullable Path before;
    private Path out = Path.of("docs/benchmarks");
    private Set<ClusterPeer> peers = EnumSet.noneOf(ClusterPeer.class);

    /**
     * Reads a command line and runs the scenario.
     *
     * @throws IllegalArgumentException with the reason, if an argument is unknown
     */
    static void run(List<String> args) throws IOException {
        ClusterBench bench = new ClusterBench();
        for (String arg : args) {
            bench.read(arg);
        }
        if (!RedisServer.isInstalled()) {
            throw new IllegalArgumentException("the scenario cluster needs redis-server");
        }
        bench.run();
    }

    private void read(String arg) {
        String[] option = arg.split("=", 2);
        String value = option.length < 2 ? "" : option[1];
        switch (option[0]) {
            case LABEL -> {}
            case "--quick" -> {
                warmUp = 6;
                rounds = 3;
                seconds = 2;
            }
            case "--warm-up" -> warmUp = Double.parseDouble(value);
            case "--rounds" -> rounds = Integer.parseInt(value);
            case "--seconds" -> seconds = Double.parseDouble(value);
            case "--before" -> before = Path.of(value);
            case "--out" -> out = Path.of(value);
            case "--servers" ->
                Arrays.stream(value.split(",", -1)).map(ClusterPeer::of).forEach(peers::add);
            default -> throw new IllegalArgumentException(arg + ": the scenario cluster has no such option");
        }
    }

    private void run() throws IOException {
        if (peers.isEmpty()) {
            peers = EnumSet.allOf(ClusterPeer.class);
            if (before == null) {
                peers.removeIf(ClusterPeer::isEarlier);
            }
        }
        Machine machine = new Machine(ProcessHandle.current().info().command().orElse("java"));
        List<ClusterContest> contests = new ArrayList<>();
        try (Clients clients = new Clients()) {
            for (ClusterPeer peer : peers) {
                List<String> command = peer.command(machine, Path.of("benchmarks"), before);
                ClusterContest contest = new ClusterContest(peer, command, clients);
                contests.add(contest);
                contest.warmUp(warmUp);
                System.out.println("  cluster: " + peer.label() + " is warm");
            }
            for (int round = 1; round <= rounds; round++) {
                for (ClusterContest contest : contests) {
                    System.out.println("  cluster: round " + round + " of " + rounds + ", "
                            + contest.peer().label() + ": " + ClusterContest.describe(contest.measure(seconds)));
                }
            }
            write(machine, contests);
        } finally {
            contests.forEach(ClusterContest::close);
        }
    }

    private void write(Machine machine, List<ClusterContest> contests) throws IOException {
        StringBuilder page = new StringBuilder("# The cost of a broadcast between servers\n\n");
        page.append("Measured on ").append(LocalDate.now(ZoneOffset.UTC));
        page.append(" by `./everwire bench cluster`; [the method](README.md#clusters).\n\n");
        machine.describe().forEach(line -> page.append("- ").append(line).append('\n'));
        page.append(String.format(
                Locale.ROOT,
                "- each kind warmed up for %.0f s, then %d rounds of %.1f s in turns; median (lowest–highest)%n",
                warmUp,
                rounds,
                seconds));
        peers.forEach(peer -> page.append("- `")
                .append(peer.label())
                .append("`: ")
                .append(peer.description())
                .append('\n'));
        StringBuilder table = new StringBuilder();
        table.append(
                "| server | publisher, µs | receiver, µs | receiver without the room, µs | Redis, µs | broadcasts a second |\n");
        table.append("|---|---:|---:|---:|---:|---:|\n");
        for (ClusterContest contest : contests) {
            table.append("| `").append(contest.peer().label()).append("` |");
            cell(table, contest, ClusterContest.Costs::publisher);
            cell(table, contest, ClusterContest.Costs::receiver);
            cell(table, contest, ClusterContest.Costs::outsider);
            cell(table, contest, ClusterContest.Costs::redis);
            table.append(
                    String.format(Locale.ROOT, " %,.0f |%n", contest.middle().perSecond()));
        }
        System.out.println(table);
        Files.createDirectories(out);
        Files.writeString(
                out.resolve("cluster.md"), page.append('\n').append(table).toString());
    }

    private static void cell(StringBuilder out, ClusterContest contest, ToDoubleFunction<ClusterContest.Costs> value) {
        double lowest = contest.rounds().stream().mapToDouble(value).min().orElse(Double.NaN);
        double highest = contest.rounds().stream().mapToDouble(value).max().orElse(Double.NaN);
        out.append(String.format(
                Locale.ROOT, " %.1f (%.1f–%.1f) |", value.applyAsDouble(contest.middle()), lowest, highest));
    }
}
