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
        all.add(new UnreadResponses());
        all.add(new BlockedHandlers());
        all.addAll(List.of(TinyPackets.values()));
        all.addAll(List.of(Amplification.values()));
        all.addAll(List.of(Names.values()));
        all.add(new SlowPosts());
        all.add(new HandshakeDoor());
        all.addAll(List.of(LogFlood.values()));
        all.addAll(List.of(FrameFlood.values()));
        all.add(new ConnectStorm());
        all.add(new GoneClients());
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
