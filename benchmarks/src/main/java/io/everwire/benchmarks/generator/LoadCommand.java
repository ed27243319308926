package io.everwire.benchmarks.generator;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program behind {@code ./everwire load}: connects clients to a server and measures the time to each ack. */
@Command(
        name = "everwire load",
        mixinStandardHelpOptions = true,
        description =
                "Connects clients 4.x to a Socket.IO server, sends events at a rate, and prints the time to their acks.")
public final class LoadCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "URL", description = "The server: http://host:port or https://host:port.")
    private URI url = URI.create("http://127.0.0.1");

    @Option(
            names = "--clients",
            defaultValue = "100",
            description = "The number of clients (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--rate",
            defaultValue = "100",
            description = "Events a second of all clients together; 0 for none (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "The length of the load (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--event",
            defaultValue = "load",
            description = "The name of the events; the server needs a handler that acks (default: ${DEFAULT-VALUE}).")
    private String event = "";

    @Option(
            names = "--data",
            defaultValue = "\"hello\"",
            description = "The argument of the events, as JSON (default: ${DEFAULT-VALUE}).")
    private String data = "";

    @Option(names = "--auth", defaultValue = "", description = "What clients send in auth, as a JSON object.")
    private String auth = "";

    @Option(names = "--namespace", defaultValue = "/", description = "The namespace (default: ${DEFAULT-VALUE}).")
    private String namespace = "";

    @Option(names = "--path", defaultValue = "/socket.io", description = "The path (default: ${DEFAULT-VALUE}).")
    private String path = "";

    @Option(names = "--insecure", description = "Accepts every certificate.")
    private boolean insecure;

    /** Runs one load. The exit status is 1 if a client failed or an event was not acked. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        LoadTarget target = LoadTarget.of(url, path, namespace, auth, insecure);
        LoadPlan plan = new LoadPlan(clients, rate, Duration.ofSeconds(seconds), event, data);
        try (LoadRun run = new LoadRun(target, plan)) {
            LoadResult result = run.run();
            System.out.print(result.describe());
            return result.clean() ? 0 : 1;
        }
    }
}
