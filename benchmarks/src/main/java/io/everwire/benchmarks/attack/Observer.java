package io.everwire.benchmarks.attack;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Observes the server's memory again and again during an attack. */
final class Observer implements AutoCloseable {
    private static final long STEP_MILLIS = 500;

    private final Scene scene;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "observer");

    Observer(Scene scene) {
        this.scene = scene;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                scene.observe();
            }
        } catch (InterruptedException | Rejection ended) {
            // The verdict asks the process again.
            closed.countDown();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
