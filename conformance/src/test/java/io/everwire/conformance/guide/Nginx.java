package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A real nginx with the configuration of the documentation, on free loopback ports, in its own folder. */
final class Nginx implements AutoCloseable {
    private static final Path CONFIGURATION = Agent.ROOT.resolve("examples/nginx");
    private static final String PASSWORD = "for this test";

    private final int port;
    private final int tlsPort;
    private final ProxyProcess process;

    /** @param folder empty; pages are served from {@code pages} in it */
    Nginx(Path folder, int upstream) throws Exception {
        List<Integer> free = Program.freePorts(2);
        port = free.get(0);
        tlsPort = free.get(1);
        Files.createDirectory(folder.resolve("pages"));
        certify(folder);
        String tls = Files.readString(CONFIGURATION.resolve("tls.conf"))
                .replace("443", "127.0.0.1:" + tlsPort)
                .replaceAll("/etc/ssl/.*\\.pem", folder + "/certificate.pem")
                .replaceAll("/etc/ssl/.*\\.key", folder + "/private.pem");
        String site = Files.readString(CONFIGURATION.resolve("everwire.conf"))
                .replace("8080", Integer.toString(upstream))
                .replace("listen 80;", "listen 127.0.0.1:" + port + ";\n" + tls)
                .replace("/var/www/chat", folder + "/pages");
        process = start(folder, site, port);
    }

    /** Starts nginx with other sites, the results of {@link #site}. One of them is on {@code port}. */
    Nginx(Path folder, String sites, int port) throws Exception {
        this.port = port;
        tlsPort = 0;
        process = start(folder, sites, port);
    }

    private static ProxyProcess start(Path folder, String sites, int port) throws Exception {
        Files.writeString(folder.resolve("everwire.conf"), sites);
        Files.writeString(folder.resolve("nginx.conf"), surroundings());
        String binary = ProxyProcess.binary("NGINX_BINARY", "/usr/sbin/nginx", "target/nginx/usr/sbin/nginx");
        return new ProxyProcess(
                new ProcessBuilder(binary, "-e", "stderr", "-p", folder + "/", "-c", "nginx.conf"),
                folder.resolve("nginx.log"),
                port);
    }

    /**
     * Returns the site of the documentation on a port of its own.
     *
     * @param host the lines that are in the place of {@code proxy_set_header Host}
     */
    static String site(Path pages, int port, int upstream, String host) throws Exception {
        return Files.readString(CONFIGURATION.resolve("everwire.conf"))
                .replaceAll("(?m)^#.*", "")
                .replace("8080", Integer.toString(upstream))
                .replace("listen 80;", "listen 127.0.0.1:" + port + ";")
                .replace("/var/www/chat", pages.toString())
                .replace("connection_upgrade", "connection_upgrade" + port)
                .replaceAll("\\beverwire\\b", "everwire" + port)
                .replace("proxy_set_header Host $http_host;", host);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String tlsUrl() {
        return "https://127.0.0.1:" + tlsPort;
    }

    int port() {
        return port;
    }

    /** Returns the relevant parts of Debian's nginx.conf. It has two workers; either may receive a request. */
    private static String surroundings() {
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        return user + """
                daemon off;
                worker_processes 2;
                pid nginx.pid;
                events {}
                http {
                    access_log off;
                    log_not_found off;
                    types { text/html html; }
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    include everwire.conf;
                }
                """;
    }

    /** Creates a key and a self-signed certificate. */
    private static void certify(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        byte[] key = keys.getKey("a", PASSWORD.toCharArray()).getEncoded();
        Files.writeString(folder.resolve("private.pem"), pem("PRIVATE KEY", key));
        Files.writeString(
                folder.resolve("certificate.pem"),
                pem("CERTIFICATE", keys.getCertificate("a").getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        String text = Base64.getMimeEncoder().encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
