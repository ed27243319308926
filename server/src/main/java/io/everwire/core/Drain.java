package io.everwire.core;

import io.everwire.adapter.ClusterContext;
import io.everwire.engine.Engine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Closes the sessions of a server evenly over a time. Used by one thread at a time. */
final class Drain {
    /** The time between two portions, in milliseconds: short beside the delay with which clients reconnect, 0.5 s and more. */
    private static final long STEP = 100;

    private final Engine engine;
    private final ClusterContext timer;
    private final long steps;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int sessions;
    private long step;

    Drain(Engine engine, ClusterContext timer, Duration time) {
        this.engine = engine;
        this.timer = timer;
        this.steps = Math.max(1, time.toMillis() / STEP);
    }

    /** Begins with the first portion. The result is done after the time, or when no session is left. */
    CompletableFuture<Void> start() {
        sessions = engine.size();
        next();
        return done;
    }

    private void next() {
        engine.closeDownTo((int) ((sessions * (steps - step) + steps - 1) / steps));
        if (step == steps || engine.size() == 0) {
            done.complete(null);
            return;
        }
        step++;
        timer.schedule(this::next, STEP);
    }
}
