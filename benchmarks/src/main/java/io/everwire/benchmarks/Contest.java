package io.everwire.benchmarks;

import io.everwire.benchmarks.load.Clients;
import io.everwire.benchmarks.load.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One scenario, with all servers at once: started together, warmed up, then measured in turns. */
final class Contest implements AutoCloseable {
    /** Others may take so much of one CPU before a round is repeated. */
    private static final double NOISE = 0.25;

    /** How long a load runs before it is measured. */
    private static final long RUN_IN_MILLIS = 300;

    private final Scenario scenario;
    private final Settings settings;
    private final Clients clients;
    private final List<Entrant> entrants = new ArrayList<>();

    private record Entrant(ServerProcess server, Load load, List<Sample> samples) {
        String label() {
            return server.peer().label();
        }
    }

    Contest(Scenario scenario, Settings settings, Machine machine, Clients clients) {
        this.scenario = scenario;
        this.settings = settings;
        this.clients = clients;
        for (Peer peer : settings.servers()) {
            if (scenario.servers().contains(peer)) {
                ServerProcess server = ServerProcess.start(peer, machine, settings.module(), 0);
                entrants.add(new Entrant(server, scenario.load(clients, server.port()), new ArrayList<>()));
            }
        }
    }

    /** Measures; tells on the way. */
    List<Result> run() {
        for (Entrant entrant : entrants) {
            entrant.load.open();
            warmUp(entrant);
        }
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Entrant entrant : entrants) {
                Sample sample = measureInPeace(entrant);
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

    private void warmUp(Entrant entrant) {
        double until = entrant.server.cpuMicros() + settings.warmUp() * 1e6;
        entrant.load.start();
        while (entrant.server.cpuMicros() < until) {
            clients.after(500).join();
            entrant.load.done();
        }
        entrant.load.stop();
        say(entrant.label() + " is warm");
    }

    private Sample measureInPeace(Entrant entrant) {
        Sample sample = measure(entrant);
        for (int i = 0; i < settings.retries() && sample.foreign() > NOISE; i++) {
            say(entrant.label() + ": others took " + Math.round(100 * sample.foreign()) + " % of a CPU, once more");
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
