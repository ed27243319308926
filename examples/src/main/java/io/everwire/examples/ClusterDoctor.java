package io.everwire.examples;

import io.everwire.adapter.ClusterServer;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.redis.ClusterDiagnosis;
import io.everwire.redis.RedisDoctor;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Examines a cluster and prints its servers and problems. The exit status is 1 if there is a problem. */
@Command(
        name = "everwire cluster doctor",
        mixinStandardHelpOptions = true,
        description = "Lists the servers of a cluster over Redis, and says what would not work. It joins nothing.")
public final class ClusterDoctor implements Callable<Integer> {
    /** The modes of a cluster. */
    public enum Mode {
        /** Classic pub/sub. */
        classic,
        /** Sharded pub/sub. */
        sharded
    }

    @Parameters(paramLabel = "URL", description = "The Redis, such as redis://localhost.")
    private String url = "";

    @Option(names = "--prefix", defaultValue = "socket.io", description = "The prefix (default: ${DEFAULT-VALUE}).")
    private String prefix = "socket.io";

    @Option(
            names = "--mode",
            defaultValue = "classic",
            description = "The mode of the server that would join: ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}).")
    private Mode mode = Mode.classic;

    @Option(
            names = "--wait",
            paramLabel = "MS",
            defaultValue = "2000",
            description = "The time to wait for answers, in milliseconds (default: ${DEFAULT-VALUE}).")
    private int patience = 2_000;

    /** Runs the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ClusterDoctor()).execute(args));
    }

    @Override
    public Integer call() {
        ClusterOptions.Builder options = ClusterOptions.builder().prefix(prefix);
        if (mode == Mode.sharded) {
            options.sharded(SubscriptionMode.DYNAMIC);
        }
        ClusterDiagnosis diagnosis = RedisDoctor.examine(url, options.build(), Duration.ofMillis(patience));
        if (!diagnosis.redis().isEmpty()) {
            System.out.println("Redis " + diagnosis.redis());
        }
        diagnosis.servers().forEach(server -> System.out.println("  " + line(server)));
        diagnosis.notes().forEach(note -> System.out.println("note: " + note));
        diagnosis.problems().forEach(problem -> System.out.println("PROBLEM: " + problem));
        if (diagnosis.isHealthy()) {
            System.out.println("No problem found.");
        }
        return diagnosis.isHealthy() ? 0 : 1;
    }

    private static String line(ClusterServer server) {
        String kind = switch (server.kind()) {
            case JAVA -> "Java, Everwire " + (server.version().isEmpty() ? "(unknown version)" : server.version());
            case NODE -> "Node.js, Socket.IO 3 or 4";
            case NODE_2 -> "Node.js, Socket.IO 2";
        };
        String id = server.id().isEmpty() ? "(does not tell its id)" : server.id();
        return kind + (server.mode().isEmpty() ? "" : ", " + server.mode()) + ", " + id;
    }
}
