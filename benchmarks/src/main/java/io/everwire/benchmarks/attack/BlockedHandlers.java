package io.everwire.benchmarks.attack;

/** Clients whose handler blocks, and who send as much as they may and close: their events must not stay. */
final class BlockedHandlers implements Shape {
    private static final int EVENT = 19_000;
    private static final int EVENTS = 100;
    private static final int AT_ONCE = 8;
    private static final int FOR_100_MEGABYTES = 130;

    @Override
    public String label() {
        return "blocked-handlers";
    }

    @Override
    public String description() {
        return "connect, let a handler block, send 1.9 MB of events, close; again and again";
    }

    @Override
    public void attack(Scene scene) throws InterruptedException {
        String event = Wire.EIO4.event("count", "\"" + "x".repeat(EVENT) + "\"");
        // Without virtual threads, the server has 1,000 handler threads (ServerOptions.handlerExecutor).
        int cycles = Math.min(900, Math.max(80, scene.target().heapMegabytes() * FOR_100_MEGABYTES / 100));
        scene.each(
                cycles,
                AT_ONCE,
                i -> Client.join(scene.network(), scene.port(), Wire.EIO4, "").thenCompose(client -> {
                    client.say(Wire.EIO4.event("block", ""));
                    for (int sent = 0; sent < EVENTS; sent++) {
                        client.say(event);
                    }
                    // The server stops reading when enough is queued: the rest stays in the buffers of the system.
                    return scene.network().after(scene.sized(100, 50)).thenApply(over -> {
                        client.connection().reset();
                        return client;
                    });
                }));
        scene.pause(500);
        TargetReport report = scene.observe();
        scene.bound(report.blocked() > 0, "no handler is blocked: the attack has not happened");
    }
}
