package io.everwire.benchmarks.attack;

import java.util.ArrayList;
import java.util.List;

/**
 * The program behind {@code ./everwire attack}: attacks a server of its own on loopback and prints a table. Its exit
 * status is 1 if a bound was broken.
 */
public final class Attack {
    private Attack() {}

    /** Runs the attacks that the arguments name; see {@link AttackSettings}. */
    public static void main(String[] args) throws InterruptedException {
        AttackSettings settings;
        try {
            settings = AttackSettings.of(List.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println("everwire attack: " + e.getMessage());
            System.exit(2);
            return;
        }
        List<Outcome> outcomes = new ArrayList<>();
        try (Round round = new Round(settings.heapMegabytes(), settings.brief())) {
            for (Shape shape : settings.shapes()) {
                System.err.println(shape.label() + ": " + shape.description());
                outcomes.add(round.run(shape));
            }
        }
        print(settings, outcomes);
        boolean soaked =
                settings.cycles() == 0 || Soak.run(settings.heapMegabytes(), settings.cycles(), settings.minutes());
        System.exit(soaked && outcomes.stream().allMatch(Outcome::passed) ? 0 : 1);
    }

    private static void print(AttackSettings settings, List<Outcome> outcomes) {
        System.out.println("\n" + System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version")
                + ", server with -Xmx" + settings.heapMegabytes() + "m" + (settings.brief() ? ", short form" : "")
                + "\n");
        if (!outcomes.isEmpty()) {
            System.out.print(Outcome.HEADING);
        }
        outcomes.forEach(outcome -> System.out.println(outcome.row()));
    }
}
