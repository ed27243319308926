package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the documentation, started from its source file on a free port. */
final class Program implements AutoCloseable {
    private static final Path SOURCES = Agent.ROOT.resolve("examples/src/main/java/io/everwire/examples/guide");
    private static final long TIMEOUT_SECONDS = 60;

    private final Process process;
    private final int port;

    /** @param folder receives the source, without its package and with another port */
    Program(String type, Path folder) throws IOException {
        port = freePort();
        String source = Files.readString(SOURCES.resolve(type + ".java"))
                .replaceFirst("package [\\w.]+;", "")
                .replace("8080", Integer.toString(port));
        Path file = Files.writeString(folder.resolve(type + ".java"), source);
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(type + ".log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "program-stop"));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Returns a port that is free at the moment. */
    static int freePort() throws IOException {
        return freePorts(1).get(0);
    }

    /** Returns different ports that are free at the moment: a port that was released may be the next one found. */
    static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        assertThat(process.isAlive()).as("the program runs until it is stopped").isTrue();
        process.destroy();
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
