package io.everwire.benchmarks.attack;

/** Clients that neither read nor answer heartbeats, as after the loss of a network: the server must notice. */
final class GoneClients implements Shape {
    /** The neighbour, and a few newcomers with their sessions that can be resumed. */
    private static final int OTHERS = 10;

    @Override
    public String label() {
        return "gone-clients";
    }

    @Override
    public String description() {
        return "clients of every generation that stop reading and answering";
    }

    @Override
    public void attack(Scene scene) throws InterruptedException {
        int count = scene.sized(2_000, 200);
        scene.join(count, "join=room").forEach(Client::vanish);
        scene.broadcast(10, 1_000, 100);
        // More than the interval and the timeout of heartbeats, and the time to come back.
        scene.pause(scene.sized(100_000, 16_000));
        TargetReport report = scene.observe();
        scene.bound(
                report.sessions() <= OTHERS, report.sessions() + " sessions of " + count + " gone clients are open");
    }
}
