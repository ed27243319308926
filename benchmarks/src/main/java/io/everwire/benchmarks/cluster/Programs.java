package io.everwire.benchmarks.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands that start servers of clusters. */
public final class Programs {
    private Programs() {}

    /** Returns the command of an Everwire server, with options of the JVM. */
    public static List<String> everwire(String... options) {
        String java = ProcessHandle.current().info().command().orElse("java");
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Dio.netty.leakDetection.level=disabled",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                ClusterServer.class.getName()));
        return command;
    }

    /**
     * Returns the command of a Node server.
     *
     * @param module the folder of the benchmarks
     */
    public static List<String> node(Path module) {
        return List.of("node", "--expose-gc", module.resolve("js/cluster.mjs").toString());
    }
}
