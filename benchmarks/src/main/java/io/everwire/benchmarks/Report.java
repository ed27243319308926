package io.everwire.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the report of a run: a page with the figures, and a chart. */
final class Report {
    private Report() {}

    /** Writes {@code results.md} and {@code results.svg}, and prints the figures. */
    static void write(Settings settings, Machine machine, Map<Scenario, List<Result>> results, List<Idle.Result> idle)
            throws IOException {
        String table = Table.of(results) + (idle.isEmpty() ? "" : Idle.table(idle));
        System.out.println(table);
        Path page = settings.out().resolve("results.md");
        Files.createDirectories(settings.out());
        Files.writeString(page, head(settings, machine) + table);
        Files.writeString(settings.out().resolve("results.svg"), Chart.of(results));
        System.out.println("written: " + page + " and the chart beside it");
    }

    private static String head(Settings settings, Machine machine) {
        StringBuilder head = new StringBuilder("# The cost of a message\n\n");
        head.append("Measured on ").append(LocalDate.now(ZoneOffset.UTC)).append(" by `./everwire bench`; ");
        head.append("docs/benchmarks/README.md describes the method.\n\n");
        machine.describe().forEach(line -> head.append("- ").append(line).append('\n'));
        head.append(String.format(
                Locale.ROOT,
                "- each server warmed up with %.0f s of CPU, and until it hardly compiled any more; then %d rounds of %.1f s in turns; median (lowest–highest)%n",
                settings.warmUp(),
                settings.rounds(),
                settings.seconds()));
        for (Peer peer : settings.servers()) {
            head.append("- `")
                    .append(peer.label())
                    .append("`: ")
                    .append(peer.description())
                    .append('\n');
        }
        return head.append("\n![costs as multiples of the floor](results.svg)\n\n")
                .toString();
    }
}
