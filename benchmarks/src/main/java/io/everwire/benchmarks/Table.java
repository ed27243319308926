package io.everwire.benchmarks;

import io.everwire.benchmarks.load.Latencies;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes results as Markdown tables. */
final class Table {
    private Table() {}

    static String of(Map<Scenario, List<Result>> results) {
        StringBuilder text = new StringBuilder();
        results.forEach((scenario, all) -> {
            text.append("### ").append(scenario.description()).append("\n\n");
            text.append("| server | CPU µs per ").append(scenario.unit());
            text.append(" | ÷ floor | a second | p50 µs | p99 µs | p99.9 µs |\n|---|---:|---:|---:|---:|---:|---:|\n");
            all.forEach(result -> text.append(row(result, floor(all))));
            text.append('\n');
        });
        return text.toString();
    }

    /** Returns the cost of the floor, or NaN if it was not measured. */
    static double floor(List<Result> all) {
        return all.stream()
                .filter(result -> result.peer() == Peer.FLOOR)
                .mapToDouble(Result::cost)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String row(Result result, double floor) {
        Latencies latencies = result.latencies();
        return String.format(
                Locale.ROOT,
                "| %s | %s (%s–%s) | %s | %.0f | %s | %s | %s |%n",
                result.peer().label(),
                number(result.cost()),
                number(result.lowest()),
                number(result.highest()),
                Double.isNaN(floor) ? "–" : String.format(Locale.ROOT, "%.2f", result.cost() / floor),
                result.perSecond(),
                number(latencies.micros(0.5)),
                number(latencies.micros(0.99)),
                number(latencies.micros(0.999)));
    }

    /** Returns a number with three digits. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
