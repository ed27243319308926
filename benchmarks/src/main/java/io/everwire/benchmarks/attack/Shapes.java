package io.everwire.benchmarks.attack;

import java.util.ArrayList;
import java.util.List;

/** All attacks, in the order in which they run. */
final class Shapes {
    static final List<Shape> ALL = all();

    private Shapes() {}

    private static List<Shape> all() {
        List<Shape> all = new ArrayList<>(List.of(PartialMessages.values()));
        all.add(new BigHeads());
        all.add(new UnreadOutput());
        all.add(new LargeRoom());
        all.add(new BlockedHandlers());
        return List.copyOf(all);
    }

    /** @throws IllegalArgumentException if no attack has this name */
    static Shape named(String label) {
        return ALL.stream()
                .filter(shape -> shape.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no attack is called \"" + label + "\"; there are "
                        + String.join(", ", ALL.stream().map(Shape::label).toList())));
    }
}
