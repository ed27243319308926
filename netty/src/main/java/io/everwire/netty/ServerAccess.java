package io.everwire.netty;

import io.everwire.HostContext;
import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a server that a port needs.
 *
 * @param engine answers requests
 * @param context knows the ports; null for an engine without a server
 */
record ServerAccess(Engine engine, @Nullable HostContext context) {
    static ServerAccess of(SocketIoServer server) {
        return new ServerAccess(server.unwrap(Engine.class), server.unwrap(HostContext.class));
    }

    /** Runs a task of the application where handlers run. */
    void execute(Runnable task) {
        if (context == null) {
            task.run();
        } else {
            context.execute(task);
        }
    }
}
