package io.everwire.servlet.jetty;

import org.junit.jupiter.api.Tag;

/** Runs the host contract in Jetty with TLS, for clients that choose HTTP/1.1 by ALPN. */
@Tag("once")
class JettyTlsHostTest extends JettyHostTest {
    @Override
    protected boolean overTls() {
        return true;
    }
}
