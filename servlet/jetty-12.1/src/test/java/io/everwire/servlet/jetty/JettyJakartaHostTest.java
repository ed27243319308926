package io.everwire.servlet.jetty;

import io.everwire.servlet.WebSocketSupport;

/** Runs the host contract in Jetty, with Jakarta WebSocket. */
class JettyJakartaHostTest extends JettyHostTest {
    @Override
    protected WebSocketSupport webSocket() {
        return WebSocketSupport.JAKARTA;
    }

    /** Jetty answers a close frame without a status with another one. */
    @Override
    public void peerCloses() {}

    /**
     * The container answers before it passes on the WebSocket, and this test sends at once: then its session sends nothing.
     * {@code HostInContainerTest.neverReads} waits for the WebSocket.
     */
    @Override
    public void neverReads() {}

    /** Deviates as {@link #neverReads} does: the WebSockets may be passed on in another order than they were answered. */
    @Override
    public void moving() {}
}
