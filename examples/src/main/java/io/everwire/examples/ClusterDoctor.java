package io.everwire.examples;

import io.everwire.adapter.ClusterServer;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.SubscriptionMode;
import io.everwire.redis.ClusterDiagnosis;
import io.everwire.redis.RedisDoctor;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Spec
    private @Nullable CommandSpec spec;

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
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        ClusterDiagnosis diagnosis;
        try {
            diagnosis = RedisDoctor.examine(url, options.build(), Duration.ofMillis(patience));
        } catch (IllegalArgumentException malformed) {
            throw new ParameterException(
                    command, "\"" + url + "\" is no address of a Redis: " + malformed.getMessage());
        }
        PrintWriter out = command.getOut();
        if (!diagnosis.redis().isEmpty()) {
            out.println("Redis " + diagnosis.redis());
        }
        diagnosis.servers().forEach(server -> out.println("  " + line(server)));
        diagnosis.notes().forEach(note -> out.println("note: " + note));
        diagnosis.problems().forEach(problem -> out.println("PROBLEM: " + problem));
        if (diagnosis.isHealthy()) {
            out.println("No problem found.");
        }
        out.flush();
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
