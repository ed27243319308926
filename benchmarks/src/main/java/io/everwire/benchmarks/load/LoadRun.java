package io.everwire.benchmarks.load;

import java.util.concurrent.CompletableFuture;

/**
 * The running part of a load: whether each exchange is followed by the next one, their number and latencies. The
 * methods that {@link Load} names are called by any thread, the others on the event loop of the clients.
 */
final class LoadRun {
    private final ClientGroup group;

    // On the event loop
    private boolean running;
    private long done;
    private CompletableFuture<Void> quiet = new CompletableFuture<>();
    private Latencies latencies = new Latencies();

    LoadRun(ClientGroup group) {
        this.group = group;
    }

    /** @param first begins the first exchanges; called on the event loop */
    void start(Runnable first) {
        group.clients().ask(() -> {
            running = true;
            quiet = new CompletableFuture<>();
            first.run();
            return null;
        });
    }

    /** Has exchanges not be followed by others; returns when the last one has ended. */
    void stop() {
        group.clients().ask(() -> running = false);
        Clients.await(CompletableFuture.anyOf(quiet, group.failure()));
        group.check();
    }

    long done() {
        group.check();
        return group.clients().ask(() -> done);
    }

    Latencies latencies() {
        return group.clients().ask(() -> {
            Latencies since = latencies;
            latencies = new Latencies();
            return since;
        });
    }

    /** Returns whether an exchange is followed by the next one. */
    boolean running() {
        return running;
    }

    /** Counts exchanges that ended, or deliveries. */
    void count(long more) {
        done += more;
    }

    void add(long nanos) {
        latencies.add(nanos, 1);
    }

    /** Called when the last exchange has ended after {@link #stop}. */
    void ended() {
        quiet.complete(null);
    }
}
