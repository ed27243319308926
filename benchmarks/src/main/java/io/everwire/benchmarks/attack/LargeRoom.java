package io.everwire.benchmarks.attack;

import java.util.List;

/** Large broadcasts to very many clients that read: the output of one moment is more than the direct memory. */
final class LargeRoom implements Shape {
    private static final int BYTES = 10_000;
    private static final int PER_SECOND = 1_000;

    @Override
    public String label() {
        return "large-room";
    }

    @Override
    public String description() {
        return "broadcasts of 10 KB to thousands of clients that read";
    }

    @Override
    public void attack(Scene scene) throws InterruptedException {
        List<Client> room = scene.join(scene.sized(5_000, 1_500), "join=room");
        scene.broadcast(scene.sized(100, 40), BYTES, PER_SECOND);
        scene.observe();
        scene.pause(scene.sized(10_000, 500));
        // A closed client is an answer to the load. A client that the server has forgotten, but whose socket is open,
        // is not.
        scene.bound(!room.isEmpty(), "nobody could join");
    }
}
