package io.everwire.benchmarks.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process of {@code redis-server} on a free port of the loopback interface. */
public final class RedisServer implements AutoCloseable {
    private static final String PROGRAM = "redis-server";
    private static final long START_SECONDS = 20;
    private static final int ANSWER_MILLIS = 5_000;

    private final int port;
    private final List<String> command;
    private Process process;

    private RedisServer(int port, List<String> command) throws IOException {
        this.port = port;
        this.command = command;
        this.process = begin();
    }

    /** Starts a server with additional arguments. It keeps its files in a temporary folder. */
    public static RedisServer start(String... arguments) {
        try {
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(PROGRAM));
            // A configuration comes first.
            boolean configured = arguments.length > 0 && !arguments[0].startsWith("--");
            if (configured) {
                command.addAll(List.of(arguments));
            }
            command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
            if (!configured) {
                String folder = Files.createTempDirectory("everwire-redis").toString();
                command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", folder));
                command.addAll(List.of(arguments));
            }
            return new RedisServer(port, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a free port below 50,000: the bus of Redis Cluster has the port plus 10,000. */
    private static int freePort() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() < 50_000) {
                    return socket.getLocalPort();
                }
            }
        }
        throw new IOException("no free port below 50,000");
    }

    private Process begin() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        useUnpacked(builder);
        Process started = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            try {
                if (ask("PING").startsWith("+")) {
                    return started;
                }
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new IOException("redis-server does not answer: " + command);
    }

    /** Returns whether there is a {@code redis-server}. */
    public static boolean isInstalled() {
        return unpacked() != null
                || Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /** Uses the program that {@code ./everwire test} unpacked, if none is installed. */
    private static void useUnpacked(ProcessBuilder builder) throws IOException {
        Path unpacked = unpacked();
        if (unpacked != null) {
            List<String> changed = new ArrayList<>(builder.command());
            changed.set(0, unpacked.resolve("usr/bin").resolve(PROGRAM).toString());
            builder.command(changed);
            try (Stream<Path> files = Files.walk(unpacked)) {
                String folders = files.filter(
                                file -> file.getFileName().toString().contains(".so."))
                        .map(file -> file.resolveSibling("").toString())
                        .distinct()
                        .collect(Collectors.joining(":"));
                builder.environment().put("LD_LIBRARY_PATH", folders);
            }
        }
    }

    private static @Nullable Path unpacked() {
        if (Files.isExecutable(Path.of("/usr/bin", PROGRAM))) {
            return null;
        }
        return Stream.of("target/redis", "../target/redis")
                .map(folder -> Path.of(folder).toAbsolutePath())
                .filter(folder -> Files.isExecutable(folder.resolve("usr/bin").resolve(PROGRAM)))
                .findFirst()
                .orElse(null);
    }

    /** Starts it again after {@link #kill}. */
    public void restart() throws IOException {
        process = begin();
    }

    /** Sends a command and returns the begin of its answer. */
    public String ask(String... words) throws IOException {
        byte[][] bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(StandardCharsets.UTF_8);
        }
        return ask(bytes);
    }

    /** Sends a command and returns the begin of its answer. */
    public String ask(byte[]... words) throws IOException {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] word : words) {
            command.writeBytes(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            command.writeBytes(word);
            command.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(command.toByteArray());
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[65_536];
            int length = in.read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
        }
    }

    /**
     * Returns what the server has counted since its start. The call itself is counted, too.
     *
     * @param commands the number of commands
     * @param bytesIn the bytes that clients have sent
     * @param bytesOut the bytes that were sent to clients
     * @param memory the memory in use, in bytes
     */
    public record Usage(double commands, double bytesIn, double bytesOut, double memory) {}

    /** Returns its usage. */
    public Usage usage() throws IOException {
        String info = ask("INFO", "everything");
        return new Usage(
                figure(info, "total_commands_processed"),
                figure(info, "total_net_input_bytes"),
                figure(info, "total_net_output_bytes"),
                figure(info, "used_memory"));
    }

    private static double figure(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Redis does not report " + name));
    }

    /** Returns the number of channels, of sharded ones and of patterns with subscribers, this one of a caller excluded. */
    public long subscriptions() throws IOException {
        return elements(ask("PUBSUB", "CHANNELS"))
                + elements(ask("PUBSUB", "SHARDCHANNELS"))
                + number(ask("PUBSUB", "NUMPAT"));
    }

    private static long elements(String array) {
        return number(array.lines().findFirst().orElse("*0"));
    }

    private static long number(String answer) {
        return Long.parseLong(answer.strip().substring(1));
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /** Kills it. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends it a signal, such as {@code STOP}. */
    public void signal(String name) {
        Signals.send(name, process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
