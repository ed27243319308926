package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.conformance.clients.Agent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A proxy in a process of its own, which listens on loopback ports. */
final class ProxyProcess implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;

    private final Process process;

    /**
     * Starts the proxy and returns when it accepts connections.
     *
     * @param log the file for its output
     */
    ProxyProcess(ProcessBuilder command, Path log, int port) throws IOException {
        process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "proxy-stop"));
        await("the proxy").atMost(Duration.ofSeconds(TIMEOUT_SECONDS)).until(() -> {
            assertThat(process.isAlive())
                    .as(() -> "the proxy runs; its output: " + read(log))
                    .isTrue();
            return accepts(port);
        });
    }

    /** Returns the program: the path in an environment variable, an installed one, or one that a command unpacked. */
    static String binary(String variable, String installed, String unpacked) {
        return Stream.of(
                        System.getenv(variable),
                        installed,
                        Agent.ROOT.resolve(unpacked).toAbsolutePath().toString())
                .filter(path -> path != null && Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(installed + " is missing: ./everwire test unpacks one"));
    }

    /** Has a program that a command unpacked find the libraries that were unpacked with it. */
    static void findLibraries(ProcessBuilder command, Path binary) throws IOException {
        Path unpacked = binary.getParent().getParent().getParent();
        if (!unpacked.startsWith(Agent.ROOT.toAbsolutePath())) {
            return;
        }
        try (Stream<Path> files = Files.walk(unpacked)) {
            String folders = files.filter(file -> file.getFileName().toString().contains(".so."))
                    .map(file -> file.getParent().toString())
                    .distinct()
                    .collect(Collectors.joining(":"));
            command.environment().put("LD_LIBRARY_PATH", folders);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .as("the proxy ends")
                .isTrue();
    }
}
