package io.everwire.conformance.guide;

import io.everwire.conformance.clients.Agent;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real HAProxy with the configuration of the documentation, on a free loopback port. */
final class Haproxy implements AutoCloseable {
    private static final Path CONFIGURATION = Agent.ROOT.resolve("examples/deploy/haproxy.cfg");
    private static final String BINARY = "usr/sbin/haproxy";

    private final int port = Program.freePort();
    private final ProxyProcess process;

    /**
     * Starts HAProxy before two servers.
     *
     * @param configuration the result of {@link #documented}, or another form of it
     */
    Haproxy(Path folder, String configuration, int one, int two) throws Exception {
        Path file = Files.writeString(
                folder.resolve("haproxy.cfg"),
                configuration
                        .replace("bind :80", "bind 127.0.0.1:" + port)
                        .replace("127.0.0.1:8081", "127.0.0.1:" + one)
                        .replace("127.0.0.1:8082", "127.0.0.1:" + two));
        String binary = ProxyProcess.binary("HAPROXY_BINARY", "/" + BINARY, "target/haproxy/" + BINARY);
        ProcessBuilder command = new ProcessBuilder(binary, "-db", "-f", file.toString());
        ProxyProcess.findLibraries(command, Path.of(binary));
        process = new ProxyProcess(command, folder.resolve("haproxy.log"), port);
    }

    /** Returns the configuration of the documentation. */
    static String documented() throws Exception {
        return Files.readString(CONFIGURATION);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
