package io.everwire.servlet.tomcat;

import org.junit.jupiter.api.Tag;

/** Runs the host contract in Tomcat with TLS, for clients that choose HTTP/1.1 by ALPN. */
@Tag("once")
class TomcatTlsHostTest extends TomcatHostTest {
    @Override
    protected boolean overTls() {
        return true;
    }
}
