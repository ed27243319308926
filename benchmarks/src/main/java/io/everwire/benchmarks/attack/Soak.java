package io.everwire.benchmarks.attack;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Very many cycles of clients that connect, echo and leave, in every way. At each mark the server must be as empty as
 * at the first one.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for these; failures show as missing answers.
final class Soak {
    /**
     * The clients that are active at one time. Few, so that each step of a cycle takes far less than a timeout of the
     * server, however slow the machine is.
     */
    private static final int AT_ONCE = 64;

    /** The clients that are silent at one time, until the server notices it. */
    private static final int SILENT_AT_ONCE = 4_000;

    private static final long MARKS = 10;
    private static final long MAX_PART = 100_000;

    /** The part of the cycles before the first mark: classes are loaded, and tables have grown. */
    private static final int WARM_UP_PARTS = 20;

    /** The heap that may be live in addition at the last mark. */
    private static final long MAX_GROWTH = 3_000_000;

    private static final int SETTLING_SECONDS = 60;
    private static final int SETTLING_STEP_MILLIS = 500;
    private static final long TIMEOUT_SECONDS = 120;

    private final Target target;
    private final List<Way> ways = Way.all();
    private final Map<String, Long> done = Collections.synchronizedMap(new TreeMap<>());
    private final Map<String, Long> failed = Collections.synchronizedMap(new TreeMap<>());
    private final AtomicLong cycles = new AtomicLong();

    private Soak(Target target) {
        this.target = target;
    }

    /** Runs the cycles on a new server until their number or the time is reached, prints the marks, and returns whether the server has stayed as it was. */
    static boolean run(int heapMegabytes, long cycles, long minutes) throws InterruptedException {
        try (Target target = Target.start(heapMegabytes, TargetOptions.defaults(Timeouts.SOAK))) {
            return new Soak(target).run(cycles, minutes);
        }
    }

    private boolean run(long total, long minutes) throws InterruptedException {
        System.out.println("| cycles | s | heap MB | direct MB | sessions | sockets | failed |\n"
                + "|---:|---:|---:|---:|---:|---:|---:|");
        long begin = System.nanoTime();
        long end = begin + TimeUnit.MINUTES.toNanos(minutes);
        long part = Math.min(MAX_PART, Math.max(1, total / MARKS));
        perform(Math.max(ways.size(), part / WARM_UP_PARTS));
        TargetReport first = mark(begin);
        TargetReport last = first;
        while (cycles.get() < total && System.nanoTime() < end && target.isAlive()) {
            perform(Math.min(part, total - cycles.get()));
            last = mark(begin);
        }
        System.out.println("\n| way | cycles |\n|---|---:|");
        done.forEach((way, count) -> System.out.println("| " + way + " | " + count + " |"));
        failed.forEach((why, count) -> System.out.println("failed: " + why + ": " + count));
        boolean flat = last.heap() - first.heap() <= MAX_GROWTH;
        boolean empty = last.sessions() == 0 && last.sockets() <= first.sockets();
        boolean goes = failures() == 0;
        System.out.println("\n" + (flat ? "The heap is flat. " : "BROKEN: the heap has grown. ")
                + (empty ? "Nothing is left. " : "BROKEN: sessions or sockets are left. ")
                + (goes ? "No cycle failed." : "BROKEN: " + failures() + " cycles failed."));
        return flat && empty && goes && target.outOfMemory().isEmpty();
    }

    private void perform(long count) throws InterruptedException {
        Semaphore free = new Semaphore(AT_ONCE);
        Semaphore silent = new Semaphore(SILENT_AT_ONCE);
        try (Network network = Network.attackers()) {
            for (long i = 0; i < count && target.isAlive(); i++) {
                Way way = ways.get((int) (cycles.getAndIncrement() % ways.size()));
                Semaphore running = way.isSilent() ? silent : free;
                if (!running.tryAcquire(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    fail("no cycle ended in " + TIMEOUT_SECONDS + " s");
                    return;
                }
                way.run(network, target.port()).whenComplete((left, failure) -> {
                    if (failure == null) {
                        done.merge(way.label(), 1L, Long::sum);
                    } else {
                        fail(way.label() + ": " + Scene.reason(failure));
                    }
                    running.release();
                });
                network.forgetEnded();
            }
            await(free, AT_ONCE);
            await(silent, SILENT_AT_ONCE);
        }
    }

    private void await(Semaphore running, int all) throws InterruptedException {
        if (!running.tryAcquire(all, TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            fail("cycles did not end in " + TIMEOUT_SECONDS + " s: " + (all - running.availablePermits()));
        }
    }

    private long failures() {
        synchronized (failed) {
            return failed.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private void fail(String why) {
        failed.merge(why, 1L, Long::sum);
    }

    /** Waits until the server is empty; prints and returns what it reports. */
    private TargetReport mark(long begin) throws InterruptedException {
        TargetReport report = target.report();
        try (Network network = Network.honest()) {
            for (int i = 0; report.sessions() > 0 && i < SETTLING_SECONDS * 1000 / SETTLING_STEP_MILLIS; i++) {
                network.after(SETTLING_STEP_MILLIS).join();
                report = target.report();
            }
        }
        System.out.println(String.format(
                Locale.ROOT,
                "| %d | %.0f | %.2f | %.2f | %d | %d | %d |",
                cycles.get(),
                (System.nanoTime() - begin) / 1e9,
                report.heap() / 1e6,
                report.direct() / 1e6,
                report.sessions(),
                report.sockets(),
                failures()));
        return report;
    }
}
