package io.everwire.benchmarks;

import io.everwire.benchmarks.load.Clients;
import io.everwire.benchmarks.load.Load;
import io.everwire.benchmarks.load.Loads;
import io.everwire.benchmarks.load.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures idle connections: their memory, and the CPU time of their heartbeats. The servers run one after the other,
 * because the connections of all servers together would be too many.
 */
final class Idle {
    private static final int CONNECTIONS = 10_000;

    /** One heartbeat, which is 25 s by default for all servers: the first one loads and compiles its code. */
    private static final long WARM_UP_SECONDS = 25;

    /** Two more heartbeats. */
    private static final long WATCHED_SECONDS = 50;

    private final Settings settings;
    private final Machine machine;
    private final Clients clients;

    /**
     * The cost of one connection.
     *
     * @param heapBytes live heap after a collection, or −1 if it is unknown
     * @param residentBytes the growth of the process
     * @param cpuMicros CPU time in a minute
     */
    record Result(Peer peer, double heapBytes, double residentBytes, double cpuMicros) {}

    Idle(Settings settings, Machine machine, Clients clients) {
        this.settings = settings;
        this.machine = machine;
        this.clients = clients;
    }

    List<Result> run() {
        List<Result> results = new ArrayList<>();
        for (Peer peer : settings.servers()) {
            // An idle connection sends no JSON. The clients are those of Socket.IO.
            if (peer != Peer.FLOOR_JSON && peer.protocol() == Protocol.SOCKET_IO) {
                try (ServerProcess server = ServerProcess.start(peer, machine, settings, 0)) {
                    results.add(measure(server));
                }
            }
        }
        return results;
    }

    private Result measure(ServerProcess server) {
        churn(server);
        long heap = heap(server);
        long resident = server.residentBytes();
        try (Load load = Loads.idle(clients, server.port(), CONNECTIONS)) {
            load.open();
            long grown = server.residentBytes() - resident;
            clients.after(WARM_UP_SECONDS * 1000).join();
            double cpu = server.cpuMicros();
            clients.after(WATCHED_SECONDS * 1000).join();
            cpu = server.cpuMicros() - cpu;
            load.done();
            double live = server.peer().isJvm() ? (double) (heap(server) - heap) / CONNECTIONS : -1;
            Result result = new Result(
                    server.peer(), live, (double) grown / CONNECTIONS, cpu / CONNECTIONS * 60 / WATCHED_SECONDS);
            System.out.println("  idle: " + server.peer().label() + ": " + describe(result));
            return result;
        }
    }

    /** Opens and closes connections, so that all classes are loaded and the young generation was collected once. */
    private void churn(ServerProcess server) {
        Load load = Loads.connect(clients, server.port(), false, 32);
        double until = server.cpuMicros() + settings.warmUp() * 1e6;
        load.start();
        while (server.cpuMicros() < until) {
            clients.after(500).join();
        }
        load.stop();
    }

    private static long heap(ServerProcess server) {
        return server.peer().isJvm() ? server.liveBytes() : 0;
    }

    private static String describe(Result result) {
        return String.format(
                Locale.ROOT,
                "%.0f bytes of heap, %.0f bytes in all, %.0f µs a minute",
                result.heapBytes(),
                result.residentBytes(),
                result.cpuMicros());
    }

    /** Returns the results as a Markdown table. */
    static String table(List<Result> results) {
        StringBuilder text = new StringBuilder("### 10,000 idle connections, for each of them\n\n");
        text.append("| server | live heap, bytes | ÷ floor | resident, bytes | CPU µs a minute |\n");
        text.append("|---|---:|---:|---:|---:|\n");
        double floor = results.stream()
                .filter(result -> result.peer() == Peer.FLOOR)
                .mapToDouble(Result::heapBytes)
                .findFirst()
                .orElse(Double.NaN);
        for (Result result : results) {
            boolean known = result.heapBytes() >= 0;
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.0f | %.0f |\n",
                    result.peer().label(),
                    known ? String.format(Locale.ROOT, "%.0f", result.heapBytes()) : "–",
                    known && floor > 0 ? String.format(Locale.ROOT, "%.2f", result.heapBytes() / floor) : "–",
                    result.residentBytes(),
                    result.cpuMicros()));
        }
        return text.append('\n').toString();
    }
}
