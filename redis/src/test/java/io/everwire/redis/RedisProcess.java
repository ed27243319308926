package io.everwire.redis;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
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

/** A real Redis on a free port of the loopback interface. Without {@code redis-server}, tests are skipped; in CI they fail. */
public final class RedisProcess implements AutoCloseable {
    private final int port;
    private final List<String> command;
    private final Path folder;
    private Process process;

    private RedisProcess(int port, List<String> command, Path folder) {
        this.port = port;
        this.command = command;
        this.folder = folder;
    }

    /** Starts a server, with additional arguments. */
    public static RedisProcess start(String... arguments) throws IOException, InterruptedException {
        if (!isInstalled()) {
            String problem = "redis-server is not installed: apt-get install redis-server";
            if ("true".equals(System.getenv("CI"))) {
                fail(problem);
            }
            abort(problem);
        }
        int port = freePort();
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "redis");
        List<String> command = new ArrayList<>(List.of(
                "redis-server",
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        RedisProcess redis = new RedisProcess(port, command, folder);
        redis.begin();
        return redis;
    }

    /** Starts a Sentinel that watches a master under the name {@code main}. */
    public static RedisProcess startSentinel(RedisProcess master) throws IOException, InterruptedException {
        // Sentinel changes its configuration.
        Path configuration = Files.createTempFile(Path.of("target"), "sentinel", ".conf");
        Files.writeString(configuration, """
                sentinel monitor main 127.0.0.1 %d 1
                sentinel down-after-milliseconds main 1000
                sentinel failover-timeout main 5000
                """.formatted(master.port()));
        int port = freePort();
        List<String> command = List.of(
                "redis-server",
                configuration.toAbsolutePath().toString(),
                "--sentinel",
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1");
        Path folder = Files.createTempDirectory(Path.of("target"), "sentinel");
        RedisProcess sentinel = new RedisProcess(port, command, folder);
        sentinel.begin();
        return sentinel;
    }

    /** Sends a command and returns the begin of the answer. */
    String ask(String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[8_192];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
        }
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return command(List.of("redis-server", "--version"))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** Returns a command of Redis: the installed one, or the one that {@code ./everwire test} unpacked. */
    static ProcessBuilder command(List<String> arguments) throws IOException {
        Path unpacked = Path.of(System.getProperty("everwire.root", ".."), "target", "redis")
                .toAbsolutePath();
        Path binary = unpacked.resolve("usr/bin").resolve(arguments.get(0));
        ProcessBuilder command = new ProcessBuilder(arguments);
        if (!Files.isExecutable(Path.of("/usr/bin").resolve(arguments.get(0))) && Files.isExecutable(binary)) {
            List<String> changed = new ArrayList<>(arguments);
            changed.set(0, binary.toString());
            command.command(changed);
            try (Stream<Path> files = Files.walk(unpacked)) {
                String folders = files.filter(
                                file -> file.getFileName().toString().contains(".so."))
                        .map(file -> file.getParent().toString())
                        .distinct()
                        .collect(Collectors.joining(":"));
                command.environment().put("LD_LIBRARY_PATH", folders);
            }
        }
        return command;
    }

    private static int freePort() throws IOException {
        // The bus of a cluster has the port plus 10,000.
        for (int i = 0; i < 100; i++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() < 50_000) {
                    return socket.getLocalPort();
                }
            }
        }
        throw new IOException("no free port below 50,000");
    }

    /** Starts it, again if it was killed, and waits until it answers. */
    public void begin() throws IOException, InterruptedException {
        process = command(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                if (socket.getInputStream().read() == '+') {
                    return;
                }
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new IOException("redis-server does not answer: " + Files.readString(folder.resolve("log")));
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Kills it. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends it a signal, such as {@code STOP}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
