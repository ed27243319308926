package io.everwire.servlet.jetty;

import io.everwire.servlet.WebSocketSupport;

/** Runs the host contract in Jetty, with Jakarta WebSocket. */
class JettyJakartaHostTest extends JettyHostTest {
    @Override
    protected WebSocketSupport webSocket() {
        return WebSocketSupport.JAKARTA;
    }
}
