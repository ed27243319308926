package io.everwire.benchmarks.attack;

/** Clients of all generations that connect at once and leave with a reset, as after the restart of a proxy. */
final class ConnectStorm implements Shape {
    private static final int AT_ONCE = 400;

    @Override
    public String label() {
        return "connect-storm";
    }

    @Override
    public String description() {
        return "thousands of clients that connect, join and reset, 400 at a time";
    }

    @Override
    public void attack(Scene scene) throws InterruptedException {
        scene.each(
                scene.sized(40_000, 2_000),
                AT_ONCE,
                i -> Client.join(scene.network(), scene.port(), Scene.wire(i), "join=room")
                        .thenApply(client -> {
                            client.connection().reset();
                            return client;
                        }));
    }
}
