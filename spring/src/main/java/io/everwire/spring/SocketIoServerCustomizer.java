package io.everwire.spring;

import io.everwire.SocketIoServer;

/**
 * Adds middleware, listeners and handlers to the server before it can be reached. Beans of this type are called in their order, before the
 * handlers of {@link SocketIoController} beans are added.
 */
@FunctionalInterface
public interface SocketIoServerCustomizer {
    /** Adds to the server. */
    void customize(SocketIoServer server);
}
