package io.everwire.benchmarks.attack;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs attacks one after the other, and checks the bounds of each. A server that passes is attacked again; after a
 * broken bound the next attack gets a new one.
 */
final class Round implements AutoCloseable {
    /** The heap that live data may fill during an attack. */
    private static final double MAX_HEAP_SHARE = 0.8;

    /** The heap that may be live in addition after an attack: classes, buffers of the collector, caches. */
    private static final long MAX_KEPT = 8_000_000;

    private static final double MAX_KEPT_SHARE = 0.1;

    /** The log of one attack, in characters. */
    private static final long MAX_LOG = 1_000_000;

    /** The time after which a server with usual timeouts has closed everything. */
    private static final int SETTLING_SECONDS = 90;

    private static final int BRIEF_SETTLING_SECONDS = 30;
    private static final int SETTLING_STEP_MILLIS = 200;

    /** The log of a broken server that is shown. */
    private static final int SHOWN_LOG = 2_000;

    private final int heapMegabytes;
    private final boolean brief;
    private @Nullable Target target;

    Round(int heapMegabytes, boolean brief) {
        this.heapMegabytes = heapMegabytes;
        this.brief = brief;
    }

    /** Attacks a server. */
    Outcome run(Shape shape) throws InterruptedException {
        TargetOptions options = shape.options(TargetOptions.defaults(brief ? Timeouts.BRIEF : Timeouts.USUAL));
        Target attacked = target;
        if (attacked == null || !attacked.options().equals(options)) {
            close();
            attacked = Target.start(heapMegabytes, options);
            target = attacked;
        }
        Outcome outcome = attack(shape, attacked);
        if (!outcome.passed()) {
            String log = attacked.takeLog();
            System.err.println(shape.label() + ": " + String.join("; ", outcome.broken()) + "\n"
                    + log.substring(0, Math.min(log.length(), SHOWN_LOG)) + "\n" + attacked.outOfMemory());
            close();
        }
        return outcome;
    }

    private Outcome attack(Shape shape, Target attacked) throws InterruptedException {
        attacked.takeLog();
        try (Watch watch = new Watch(attacked.port());
                Network network = Network.attackers()) {
            TargetReport before = attacked.report();
            long logged = attacked.logged();
            Scene scene = new Scene(attacked, network);
            watch.start();
            long begin = System.nanoTime();
            try (Observer observer = new Observer(scene)) {
                observer.start();
                perform(shape, scene);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            Map<String, Integer> ends = scene.ends();
            network.connections().forEach(RawConnection::reset);
            watch.stop();
            TargetReport after = settle(attacked, before, scene);
            Set<String> broken = new LinkedHashSet<>(scene.broken());
            broken.addAll(watch.failures());
            broken.addAll(broken(attacked, before, scene, after, attacked.logged() - logged));
            return new Outcome(
                    shape,
                    scene.clients(),
                    seconds,
                    ends,
                    new Outcome.Memory(scene.heap(), scene.direct()),
                    after == null ? new Outcome.Memory(-1, -1) : new Outcome.Memory(after.heap(), after.direct()),
                    attacked.logged() - logged,
                    watch.latencies(),
                    after == null ? -1 : after.sockets() - before.sockets(),
                    new ArrayList<>(broken));
        }
    }

    private static void perform(Shape shape, Scene scene) throws InterruptedException {
        try {
            shape.attack(scene);
            scene.observe();
        } catch (Rejection | CompletionException e) {
            scene.reject(String.valueOf(e.getMessage()));
        }
    }

    /** Waits until the server has closed everything that the attack has left; returns null if it does not report. */
    private @Nullable TargetReport settle(Target attacked, TargetReport before, Scene scene)
            throws InterruptedException {
        int seconds = scene.brief() ? BRIEF_SETTLING_SECONDS : SETTLING_SECONDS;
        try {
            attacked.order("release", seconds);
            TargetReport report = attacked.report();
            for (int i = 0; i < seconds * 1000 / SETTLING_STEP_MILLIS; i++) {
                // Handlers that were blocked still handle the events that the server had accepted.
                if (report.sessions() <= before.sessions()
                        && report.sockets() <= before.sockets()
                        && report.heap() <= keptAtMost(before)) {
                    break;
                }
                scene.pause(SETTLING_STEP_MILLIS);
                report = attacked.report();
            }
            return report;
        } catch (Rejection e) {
            scene.bound(false, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private long heapBytes() {
        return heapMegabytes * 1024L * 1024;
    }

    /** Returns the heap that may be in use after the attack, in bytes. */
    private double keptAtMost(TargetReport before) {
        return before.heap() + Math.max(MAX_KEPT, heapBytes() * MAX_KEPT_SHARE);
    }

    private List<String> broken(
            Target attacked, TargetReport before, Scene scene, @Nullable TargetReport after, long logged) {
        List<String> broken = new ArrayList<>();
        long heap = heapBytes();
        check(broken, attacked.outOfMemory().isEmpty(), "out of memory");
        check(broken, scene.heap() <= heap * MAX_HEAP_SHARE, "the heap is full");
        check(broken, logged <= MAX_LOG, "a flood of log lines");
        if (after != null) {
            check(broken, after.loops() >= before.loops(), "an event loop is dead");
            check(broken, after.heap() <= keptAtMost(before), "memory is kept after the attack");
            check(
                    broken,
                    after.sessions() <= before.sessions(),
                    after.sessions() - before.sessions() + " sessions left");
            check(broken, after.sockets() <= before.sockets(), "sockets left");
        }
        return broken;
    }

    private static void check(List<String> broken, boolean kept, String otherwise) {
        if (!kept) {
            broken.add(otherwise);
        }
    }

    @Override
    public void close() {
        if (target != null) {
            target.close();
            target = null;
        }
    }
}
