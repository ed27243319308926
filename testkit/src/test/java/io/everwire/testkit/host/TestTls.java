package io.everwire.testkit.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate of {@code localhost} by the JDK's keytool, and clients that trust it. */
public final class TestTls {
    /** The password of the file and of its key. */
    public static final String PASSWORD = "secret";

    private final Path file;
    private final KeyManagerFactory keys;
    private final SSLContext trusting;

    private TestTls(Path file, KeyStore store) throws Exception {
        this.file = file;
        keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        trust.init(trusted);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
    }

    /** Creates a certificate in {@code folder}. */
    public static TestTls create(Path folder) throws Exception {
        Path file = folder.resolve("server.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder((keytool + " -genkeypair -alias server -keyalg EC -dname CN=localhost -ext"
                                + " san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -storepass " + PASSWORD
                                + " -keystore " + file)
                        .split(" ", -1))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool created no certificate");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new TestTls(file, store);
    }

    /** Returns the key store of a server, a file of type PKCS12 with the entry {@code server}. */
    public Path file() {
        return file;
    }

    /** Returns the keys of a server. */
    public KeyManagerFactory keys() {
        return keys;
    }

    /** Returns the context of clients. */
    public SSLContext trusting() {
        return trusting;
    }

    /** Returns a socket with TLS on a connection, after its handshake. */
    public Socket secured(Socket connected, String... protocols) throws IOException {
        SSLSocket socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(connected, "localhost", connected.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
