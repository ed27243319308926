package io.everwire.benchmarks.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program behind {@code ./everwire chaos}: harms clusters and writes the figures of both kinds of servers. */
public final class Chaos {
    private static final String HEAD = "|---|---|---|---|";

    private Chaos() {}

    /** Runs the cases that the arguments name, or all. {@code --brief} makes them short and writes nothing. */
    public static void main(String[] args) throws Exception {
        List<Harm> harms = new ArrayList<>();
        boolean brief = false;
        try {
            for (String arg : args) {
                if (arg.equals("--brief")) {
                    brief = true;
                } else {
                    harms.add(Harms.named(arg));
                }
            }
        } catch (IllegalArgumentException e) {
            System.err.println("everwire chaos: " + e.getMessage());
            System.exit(2);
            return;
        }
        Lab lab = new Lab(Path.of("benchmarks"), brief);
        boolean whole = true;
        for (Harm harm : harms.isEmpty() ? Harms.ALL : harms) {
            System.out.println(harm.label() + ": " + harm.description());
            Outcome outcome = harm.experiment().run(lab);
            List<String> rows = rows(harm, outcome);
            rows.forEach(System.out::println);
            outcome.broken().forEach(bound -> System.out.println("BROKEN: " + bound));
            whole &= outcome.broken().isEmpty();
            if (!brief) {
                write(harm, rows);
            }
        }
        System.exit(whole ? 0 : 1);
    }

    private static List<String> rows(Harm harm, Outcome outcome) {
        List<String> rows = new ArrayList<>();
        for (Outcome.Figure figure : outcome.figures()) {
            String first = rows.isEmpty() ? "`" + harm.label() + "`: " + harm.description() : "";
            rows.add("| " + first + " | " + figure.name() + " | " + figure.everwire() + " | " + figure.node() + " |");
        }
        return rows;
    }

    /** Replaces the rows of a case in the table of the page. */
    private static void write(Harm harm, List<String> rows) throws IOException {
        Path page = Path.of("docs/cluster-chaos.md");
        List<String> lines = new ArrayList<>(Files.readAllLines(page));
        int head = lines.indexOf(HEAD);
        int at = head + 1;
        // The rows of the cases before this one stay above it.
        for (Harm before : Harms.ALL.subList(0, Harms.ALL.indexOf(harm))) {
            if (at < lines.size() && lines.get(at).startsWith("| `" + before.label() + "`")) {
                at = end(lines, at);
            }
        }
        if (at < lines.size() && lines.get(at).startsWith("| `" + harm.label() + "`")) {
            lines.subList(at, end(lines, at)).clear();
        }
        lines.addAll(at, rows);
        Files.write(page, lines);
    }

    /** Returns the end of the rows of the case that begins here. */
    private static int end(List<String> lines, int from) {
        int end = from + 1;
        while (end < lines.size() && lines.get(end).startsWith("|  |")) {
            end++;
        }
        return end;
    }
}
