package io.everwire.conformance.guide;

import io.everwire.conformance.clients.Agent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real Apache httpd with the configuration of the documentation, on loopback ports, in its own folder. */
final class Apache implements AutoCloseable {
    private static final Path CONFIGURATION = Agent.ROOT.resolve("examples/apache/everwire.conf");
    private static final String BINARY = "usr/sbin/apache2";
    private static final String UNPACKED = "target/apache/";

    private final ProxyProcess process;

    /**
     * Starts Apache.
     *
     * @param folder for its files
     * @param sites the result of {@link #site}, one after the other
     * @param port the port of one of them
     */
    Apache(Path folder, String sites, int port) throws Exception {
        // Its workers are another user if this one is root.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("apache.conf"), surroundings(folder) + sites);
        String binary = ProxyProcess.binary("APACHE_BINARY", "/" + BINARY, UNPACKED + BINARY);
        ProcessBuilder command = new ProcessBuilder(
                binary,
                "-d",
                folder.toString(),
                "-f",
                folder.resolve("apache.conf").toString(),
                "-DFOREGROUND");
        ProxyProcess.findLibraries(command, Path.of(binary));
        process = new ProxyProcess(command, folder.resolve("apache.log"), port);
    }

    /**
     * Returns the site of the documentation on a port of its own.
     *
     * @param host the line that is in the place of {@code ProxyPreserveHost}
     */
    static String site(Path pages, int port, int upstream, String host) throws Exception {
        return "Listen 127.0.0.1:" + port + "\n"
                + Files.readString(CONFIGURATION)
                        .replace("*:80", "127.0.0.1:" + port)
                        .replace("8080", Integer.toString(upstream))
                        .replace("/var/www/chat", pages.toString())
                        .replace("ProxyPreserveHost On", host)
                + "<Directory " + pages + ">\nRequire all granted\n</Directory>\n";
    }

    private static String surroundings(Path folder) {
        String binary = ProxyProcess.binary("APACHE_BINARY", "/" + BINARY, UNPACKED + BINARY);
        Path modules = Path.of(binary).getParent().getParent().resolve("lib/apache2/modules");
        String loaded = Stream.of("mpm_event", "authz_core", "proxy", "proxy_http")
                .map(name -> "LoadModule " + name + "_module " + modules + "/mod_" + name + ".so\n")
                .collect(Collectors.joining());
        return loaded + """
                ServerName localhost
                PidFile %1$s/apache.pid
                ErrorLog %1$s/apache-errors.log
                Mutex file:%1$s default
                User #65534
                Group #65534
                """.formatted(folder);
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
