package io.everwire.benchmarks.attack;

/** Handshakes of one address that never join: they must not lock out the other addresses. */
final class HandshakeDoor implements Shape {
    private static final int PER_STEP = 67;
    private static final int STEP_MILLIS = 100;

    @Override
    public String label() {
        return "handshake-door";
    }

    @Override
    public String description() {
        return "670 handshakes a second that join nothing, from one address";
    }

    @Override
    public TargetOptions options(TargetOptions defaults) {
        // The limit of the defaults would need 75 s to fill. Half of it, as unused sessions, must last for some
        // seconds:
        // a newcomer whose first two requests take longer is among the oldest.
        return defaults.withMaxUnconnected(defaults.brief() ? 3_000 : 10_000);
    }

    @Override
    public void attack(Scene scene) throws InterruptedException {
        for (int step = 0; step < scene.sized(200, 40); step++) {
            long begin = System.nanoTime();
            scene.each(PER_STEP, i -> Client.handshake(scene.network(), scene.port(), Wire.EIO4, "", ""));
            long left = STEP_MILLIS - (System.nanoTime() - begin) / 1_000_000;
            scene.pause(Math.max(1, left));
        }
    }
}
