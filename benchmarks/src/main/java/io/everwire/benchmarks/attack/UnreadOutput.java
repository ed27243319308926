package io.everwire.benchmarks.attack;

import java.util.ArrayList;
import java.util.List;

/** Broadcasts to clients that do not read, beside some that do: who keeps up must not be closed. */
final class UnreadOutput implements Shape {
    private static final int READERS = 50;
    private static final int BYTES = 1_000;
    private static final int PER_SECOND = 700;
    private static final int RECEIVE_BUFFER = 4_096;

    @Override
    public String label() {
        return "unread";
    }

    @Override
    public String description() {
        return "700 broadcasts of 1 KB a second to clients that do not read, and to 50 that do";
    }

    @Override
    public void attack(Scene scene) throws InterruptedException {
        // On an event loop of their own, so that their reading does not wait for the other clients of the harness.
        try (Network network = Network.honest()) {
            attack(scene, network);
        }
    }

    private static void attack(Scene scene, Network network) throws InterruptedException {
        List<Client> readers = scene.each(READERS, i -> Client.join(network, scene.port(), Wire.EIO4, "join=room"));
        List<Client> others = scene.each(
                scene.sized(500, 150),
                i -> Client.join(scene.network(), scene.port(), Scene.wire(i), "join=room", RECEIVE_BUFFER));
        List<RawConnection> silent = new ArrayList<>();
        others.forEach(client -> silent.add(client.connection().reading(false)));
        int count = PER_SECOND * scene.sized(20, 4);
        scene.broadcast(count, BYTES, PER_SECOND);
        scene.observe();
        long closed =
                readers.stream().filter(reader -> !reader.connection().isOpen()).count();
        scene.bound(
                closed == 0,
                closed + " of " + READERS + " clients that read were closed: "
                        + scene.target().order("closings", 30));
        scene.bound(readers.size() == READERS, "only " + readers.size() + " clients could join");
        readers.forEach(reader -> reader.connection().close());
    }
}
