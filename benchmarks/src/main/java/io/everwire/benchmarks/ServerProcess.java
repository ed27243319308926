package io.everwire.benchmarks;

import io.everwire.benchmarks.servers.Ready;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server under test: a process with a CPU to itself. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    /** The names of HotSpot's compiler threads, as far as the kernel keeps a thread's name. */
    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");

    /**
     * The kernel counts times of processes in hundredths of a second at every rate of its own clock (proc(5),
     * USER_HZ).
     */
    private static final double MICROS_OF_TICK = 10_000;

    /**
     * Fields 14 and 15 of /proc/PID/stat, counted after the name of the command, which may contain spaces and
     * brackets.
     */
    private static final int USER_TIME = 11;

    private final Peer peer;
    private final Process process;
    private final int port;

    private ServerProcess(Peer peer, Process process, int port) {
        this.peer = peer;
        this.process = process;
        this.port = port;
    }

    /** Starts a server on one CPU; returns once it listens. */
    static ServerProcess start(Peer peer, Machine machine, Settings settings, int cpu) {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(cpu)));
        command.addAll(peer.command(machine, settings.module(), settings.before()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            // Also ends the server if the benchmark is interrupted.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new ServerProcess(peer, process, port(peer, process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(Peer peer, Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(Ready.LINE)) {
                return Integer.parseInt(line.substring(Ready.LINE.length()));
            }
        }
        throw new IOException(peer.label() + " ended before it opened its port");
    }

    Peer peer() {
        return peer;
    }

    int port() {
        return port;
    }

    /** Returns the CPU time of all threads so far, user and system, in microseconds. */
    double cpuMicros() {
        return cpuMicros(process.pid());
    }

    static double cpuMicros(long pid) {
        return cpuMicros(Path.of("/proc/" + pid));
    }

    /** Returns the CPU time of the compiler threads so far, in microseconds; 0 for a Node server. */
    double compilerMicros() {
        double sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads) {
                sum += compilerMicros(thread);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    /** Returns 0 for a thread that has ended: HotSpot ends idle compiler threads. */
    private static double compilerMicros(Path thread) {
        try {
            boolean compiles =
                    COMPILER.matcher(Machine.read(thread.resolve("comm"))).lookingAt();
            return compiles ? cpuMicros(thread) : 0;
        } catch (UncheckedIOException ended) {
            return 0;
        }
    }

    /** @param task a process or a thread, below /proc */
    private static double cpuMicros(Path task) {
        String stat = Machine.read(task.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 0);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) * MICROS_OF_TICK;
    }

    /** Returns the resident memory, in bytes. */
    long residentBytes() {
        String status = Machine.read(Path.of("/proc/" + process.pid() + "/status"));
        Matcher line = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
        return line.find() ? Long.parseLong(line.group(1)) * 1024 : 0;
    }

    /** Returns the bytes of the heap that are live after a garbage collection; only for a JVM. */
    long liveBytes() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Matcher total = TOTAL.matcher(Machine.run(jcmd, Long.toString(process.pid()), "GC.class_histogram"));
        if (!total.find()) {
            throw new IllegalStateException("jcmd printed no total for the heap of " + peer.label());
        }
        return Long.parseLong(total.group(1));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
