package io.everwire.reactor;

import io.everwire.testkit.host.TestTls;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** TLS, and clients that choose HTTP/1.1 by ALPN. */
class ReactorTlsHostTest extends ReactorHostContract {
    @TempDir
    static @Nullable Path folder;

    private static @Nullable TestTls tls;

    @BeforeAll
    static void createCertificate() throws Exception {
        tls = TestTls.create(Objects.requireNonNull(folder));
    }

    @Override
    HttpServer configured(HttpServer http) {
        return ReactorTls.alpn(http.protocol(HttpProtocol.HTTP11, HttpProtocol.H2), tls());
    }

    @Override
    protected boolean secure() {
        return true;
    }

    @Override
    protected Socket secured(Socket connected) throws IOException {
        return tls().secured(connected, "http/1.1");
    }

    private static TestTls tls() {
        return Objects.requireNonNull(tls);
    }
}
