package io.everwire.benchmarks.attack;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The attacked process. It ends with the harness. Any thread may call it. */
final class Target implements AutoCloseable {
    /** The text before the port. */
    static final String LISTENING = "listening on ";

    /** A text that attacks send behind a line end: it must never begin a line of the log. */
    static final String FORGED = "FORGED";

    private static final long START_SECONDS = 180;
    private static final String OUT_OF_MEMORY = "OutOfMemory";

    /** The characters of the log that are kept for the report of a failure. */
    private static final int KEPT_LOG = 20_000;

    /** The characters of the log that are kept from the first {@code OutOfMemoryError} on. */
    private static final int KEPT_ERROR = 3_000;

    private final Process process;
    private final int heapMegabytes;
    private final TargetOptions options;
    private final BufferedWriter orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final AtomicLong logged = new AtomicLong();

    @SuppressWarnings("JdkObsolete") // Two threads write to it.
    private final StringBuffer log = new StringBuffer();

    private volatile String outOfMemory = "";
    private volatile boolean forged;
    private int port;

    private Target(Process process, int heapMegabytes, TargetOptions options) {
        this.process = process;
        this.heapMegabytes = heapMegabytes;
        this.options = options;
        this.orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a server; returns once it listens. */
    static Target start(int heapMegabytes, TargetOptions options) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-Dio.netty.leakDetection.level=disabled"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), TargetServer.class.getName(), options.argument()));
        try {
            Process process = new ProcessBuilder(command).start();
            // Also ends the server if the harness is interrupted.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "target-stop"));
            Target target = new Target(process, heapMegabytes, options);
            target.pump("target-log", process.getErrorStream(), target::log);
            target.pump("target-answers", process.getInputStream(), null);
            String first = target.answers.poll(START_SECONDS, TimeUnit.SECONDS);
            if (first == null || !first.startsWith(LISTENING)) {
                target.close();
                throw new IllegalStateException("the server did not start: " + first + "\n" + target.log);
            }
            target.port = Integer.parseInt(first.substring(LISTENING.length()));
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pump(String name, InputStream in, @Nullable Consumer<String> log) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                        char[] chars = new char[64 * 1024];
                        if (log == null) {
                            lines.lines().forEach(answers::add);
                            return;
                        }
                        for (int read = lines.read(chars); read >= 0; read = lines.read(chars)) {
                            log.accept(new String(chars, 0, read));
                        }
                    } catch (IOException | UncheckedIOException ended) {
                        answers.add("ended: " + ended.getMessage());
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void log(String text) {
        logged.addAndGet(text.length());
        int at = text.indexOf(OUT_OF_MEMORY);
        if (at >= 0 && outOfMemory.isEmpty()) {
            outOfMemory = text.substring(at, Math.min(text.length(), at + KEPT_ERROR));
        }
        forged |= text.contains("\n" + FORGED);
        if (log.length() < KEPT_LOG) {
            log.append(text, 0, Math.min(text.length(), KEPT_LOG - log.length()));
        }
    }

    int port() {
        return port;
    }

    int heapMegabytes() {
        return heapMegabytes;
    }

    TargetOptions options() {
        return options;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the size of the log so far, in characters. */
    long logged() {
        return logged.get();
    }

    /** Returns the log from the first {@code OutOfMemoryError} on, of the heap or of direct memory; empty without one. */
    String outOfMemory() {
        return outOfMemory;
    }

    /** Returns whether a line of the log begins with {@link #FORGED}. */
    boolean isForged() {
        return forged;
    }

    /** Returns the beginning of the log, and forgets it. */
    String takeLog() {
        String text = log.toString();
        log.setLength(0);
        return text;
    }

    /**
     * Sends an order and waits for its result.
     *
     * @throws Rejection if the process has ended or does not answer in time
     */
    synchronized String order(String order, long seconds) throws InterruptedException {
        answers.clear();
        try {
            orders.write(order);
            orders.newLine();
            orders.flush();
        } catch (IOException e) {
            throw new Rejection("the process has ended");
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < deadline) {
            String answer = answers.poll(100, TimeUnit.MILLISECONDS);
            if (answer != null) {
                return answer;
            }
            if (!process.isAlive()) {
                throw new Rejection("the process has ended");
            }
        }
        throw new Rejection("the process does not answer");
    }

    /** @throws Rejection if the process cannot report */
    TargetReport report() throws InterruptedException {
        return TargetReport.parse(order("report", 30));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
