package io.everwire.spring.boot;

import io.everwire.SocketIoServer;

/** Opens the ports of the server when the application context has started. */
@FunctionalInterface
interface PortOpener {
    /**
     * Opens the ports.
     *
     * @throws SocketIoStartException if a port cannot be opened
     */
    void open(SocketIoServer server);
}
