package io.everwire.reactor;

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
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.server.HttpServer;

/** A self-signed certificate of {@code localhost} by the JDK's keytool, servers that have it, and clients that trust it. */
final class TestTls {
    private static final String PASSWORD = "secret";

    private final KeyManagerFactory keys;
    private final SSLContext trusting;

    private TestTls(KeyStore store) throws Exception {
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
    static TestTls create(Path folder) throws Exception {
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
        return new TestTls(store);
    }

    /** Returns a server with TLS, for HTTP/1.1 only. */
    HttpServer http11(HttpServer http) {
        return http.secure(tls -> tls.sslContext(Http11SslContextSpec.forServer(keys)));
    }

    /** Returns a server with TLS that offers HTTP/2 by ALPN, if its protocols include HTTP/2. */
    HttpServer alpn(HttpServer http) {
        return http.secure(tls -> tls.sslContext(Http2SslContextSpec.forServer(keys)));
    }

    /** Returns the context of clients. */
    SSLContext trusting() {
        return trusting;
    }

    /** Returns a socket with TLS on a connection, after its handshake. */
    Socket secured(Socket connected, String... protocols) throws IOException {
        SSLSocket socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(connected, "localhost", connected.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
