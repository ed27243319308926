package io.everwire.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;

/** The figures of one case, for both kinds of servers, and the bounds that Everwire broke. */
final class Outcome {
    /** One line of the table. */
    record Figure(String name, String everwire, String node) {}

    private final List<Figure> figures = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    Outcome figure(String name, String everwire, String node) {
        figures.add(new Figure(name, everwire, node));
        return this;
    }

    /** Notes a bound as broken unless a condition is true. */
    Outcome expect(boolean condition, String bound) {
        if (!condition) {
            broken.add(bound);
        }
        return this;
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    List<String> broken() {
        return List.copyOf(broken);
    }
}
