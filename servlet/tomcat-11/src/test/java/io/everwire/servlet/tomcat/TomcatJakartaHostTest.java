package io.everwire.servlet.tomcat;

import io.everwire.servlet.WebSocketSupport;

/** Runs the host contract in Tomcat with Jakarta WebSocket. */
class TomcatJakartaHostTest extends TomcatHostTest {
    @Override
    protected WebSocketSupport webSocket() {
        return WebSocketSupport.JAKARTA;
    }
}
