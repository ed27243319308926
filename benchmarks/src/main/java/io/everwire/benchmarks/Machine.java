package io.everwire.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The machine of a run. */
final class Machine {
    private static final Path PROC = Path.of("/proc");

    private final String java;

    /** @param java the command that runs servers */
    Machine(String java) {
        this.java = java;
    }

    String java() {
        return java;
    }

    int javaVersion() {
        return Runtime.version().feature();
    }

    /** Describes the machine, one line for each property. */
    List<String> describe() {
        return List.of(
                first("model name") + ", " + Runtime.getRuntime().availableProcessors() + " of " + count("processor")
                        + " CPUs for the load",
                "Linux " + read(PROC.resolve("sys/kernel/osrelease")).trim() + ", loopback",
                System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version") + " ("
                        + String.join(" ", Peer.FLAGS) + ")",
                "Node " + run("node", "--version").trim());
    }

    /** Returns the busy time of all CPUs, in hundredths of a second. */
    static long busyTicks() {
        String[] fields =
                read(PROC.resolve("stat")).lines().findFirst().orElseThrow().split(" +", 0);
        long busy = 0;
        for (int i = 1; i < fields.length; i++) {
            boolean idle = i == 4 || i == 5;
            boolean guest = i > 8;
            busy += idle || guest ? 0 : Long.parseLong(fields[i]);
        }
        return busy;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command and returns its output, errors included. */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String first(String key) {
        return cpuInfo(key).stream().findFirst().orElse("unknown CPU");
    }

    private static int count(String key) {
        return cpuInfo(key).size();
    }

    private static List<String> cpuInfo(String key) {
        return read(PROC.resolve("cpuinfo"))
                .lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .toList();
    }
}
