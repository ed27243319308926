package io.everwire.servlet.undertow;

import org.junit.jupiter.api.Tag;

/** Runs the host contract in Undertow with TLS, for clients that choose HTTP/1.1 by ALPN. */
@Tag("once")
class UndertowTlsHostTest extends UndertowHostTest {
    @Override
    protected boolean overTls() {
        return true;
    }
}
