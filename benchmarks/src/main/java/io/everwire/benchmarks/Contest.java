package io.everwire.benchmarks;

import io.everwire.benchmarks.load.Clients;
import io.everwire.benchmarks.load.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs one scenario: all servers are started together, warmed up, then measured in turns. */
final class Contest implements AutoCloseable {
    /** The share of one CPU that other processes may use before a round is repeated. */
    private static final double NOISE = 0.25;

    /** A server is warm once it spends less than this share of its CPU time on compilation. */
    private static final double COMPILES = 0.02;

    /** The longest warm-up, as a multiple of the one asked for. */
    private static final double MAX_WARM_UP = 6;

    /** The CPU time over which the share of compilation is taken. */
    private static final double SLICE_MICROS = 2e6;

    /** A server that answers nothing for this long has lost messages: each client waits for its answers. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** The time that a load runs before it is measured. */
    private static final long RUN_IN_MILLIS = 300;

    private final Scenario scenario;
    private final Settings settings;
    private final Clients clients;
    private final List<Entrant> entrants = new ArrayList<>();

    /** A server and its load. */
    private final class Entrant {
        final ServerProcess server;
        final List<Sample> samples = new ArrayList<>();
        Load load;

        Entrant(ServerProcess server) {
            this.server = server;
            this.load = scenario.load(clients, server);
        }

        String label() {
            return server.peer().label();
        }

        /**
         * Called after a turn: the clients of a large scenario disconnect, so that the next server can have as
         * many.
         */
        void rest() {
            if (scenario.isLarge()) {
                load.close();
                load = scenario.load(clients, server);
            }
        }

        /** Called before a turn: connects the clients of a large scenario. */
        void prepare() {
            if (scenario.isLarge()) {
                load.open();
            }
        }
    }

    Contest(Scenario scenario, Settings settings, Machine machine, Clients clients) {
        this.scenario = scenario;
        this.settings = settings;
        this.clients = clients;
        for (Peer peer : settings.servers()) {
            if (scenario.servers().contains(peer)) {
                ServerProcess server = ServerProcess.start(peer, machine, settings, 0);
                entrants.add(new Entrant(server));
            }
        }
    }

    /** Measures all rounds, and prints each sample. */
    List<Result> run() {
        for (Entrant entrant : entrants) {
            entrant.load.open();
            warmUp(entrant);
            entrant.rest();
        }
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Entrant entrant : entrants) {
                entrant.prepare();
                Sample sample = measureInPeace(entrant);
                entrant.rest();
                entrant.samples.add(sample);
                String cost = String.format(Locale.ROOT, "%.2f µs", sample.cost());
                say("round " + round + " of " + settings.rounds() + ", " + entrant.label() + ": " + cost + " per "
                        + scenario.unit() + ", " + Math.round(sample.perSecond()) + " a second");
            }
        }
        return entrants.stream()
                .map(entrant -> new Result(entrant.server.peer(), entrant.samples))
                .toList();
    }

    /**
     * Runs the load for the time asked for, and then until the JVM hardly compiles any more, which takes longer on
     * one CPU.
     */
    private void warmUp(Entrant entrant) {
        entrant.load.start();
        double began = entrant.server.cpuMicros();
        work(entrant, settings.warmUp() * 1e6);
        double compiles = 1;
        while (compiles > COMPILES && entrant.server.cpuMicros() - began < MAX_WARM_UP * settings.warmUp() * 1e6) {
            double before = entrant.server.cpuMicros();
            double compiled = entrant.server.compilerMicros();
            work(entrant, SLICE_MICROS);
            compiles = (entrant.server.compilerMicros() - compiled) / (entrant.server.cpuMicros() - before);
        }
        entrant.load.stop();
        say(String.format(
                Locale.ROOT,
                "%s is warm after %.0f s of CPU, and compiles for %.0f %% of its time",
                entrant.label(),
                (entrant.server.cpuMicros() - began) / 1e6,
                100 * Math.max(0, compiles)));
    }

    /** Lets the load run until the server has used the given CPU time. */
    private void work(Entrant entrant, double micros) {
        double until = entrant.server.cpuMicros() + micros;
        long done = entrant.load.done();
        long since = System.nanoTime();
        while (entrant.server.cpuMicros() < until) {
            clients.after(200).join();
            long now = entrant.load.done();
            if (now != done) {
                done = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > SILENCE.toNanos()) {
                throw new IllegalStateException(scenario.label() + ": " + entrant.label() + " has stopped answering");
            }
        }
    }

    private Sample measureInPeace(Entrant entrant) {
        Sample sample = measure(entrant);
        for (int i = 0; i < settings.retries() && sample.foreign() > NOISE; i++) {
            say(entrant.label() + ": other processes took " + Math.round(100 * sample.foreign())
                    + " % of a CPU; the round is repeated");
            sample = measure(entrant);
        }
        return sample;
    }

    private Sample measure(Entrant entrant) {
        Load load = entrant.load;
        load.start();
        clients.after(RUN_IN_MILLIS).join();
        load.latencies();
        long busy = Machine.busyTicks();
        double own = ServerProcess.cpuMicros(ProcessHandle.current().pid());
        double cpu = entrant.server.cpuMicros();
        long before = load.done();
        long start = System.nanoTime();
        clients.after((long) (settings.seconds() * 1000)).join();
        long units = load.done() - before;
        double seconds = (System.nanoTime() - start) / 1e9;
        cpu = entrant.server.cpuMicros() - cpu;
        own = ServerProcess.cpuMicros(ProcessHandle.current().pid()) - own;
        double others = Math.max(0, (Machine.busyTicks() - busy) / 100.0 - (cpu + own) / 1e6);
        Sample sample = new Sample(units, cpu, seconds, others / seconds, load.latencies());
        load.stop();
        return sample;
    }

    private void say(String text) {
        System.out.println("  " + scenario.label() + ": " + text);
    }

    @Override
    public void close() {
        entrants.forEach(entrant -> entrant.server.close());
    }
}
