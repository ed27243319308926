package io.everwire.servlet;

import io.everwire.testkit.host.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** The certificate of the containers, created once: each test would wait for the JDK's keytool. */
public final class ContainerTls {
    private static @Nullable TestTls shared;

    private ContainerTls() {}

    public static synchronized TestTls shared() throws IOException {
        TestTls tls = shared;
        if (tls == null) {
            try {
                tls = TestTls.create(Files.createTempDirectory("everwire-tls"));
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
            shared = tls;
        }
        return tls;
    }
}
