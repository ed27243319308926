package io.everwire.examples;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import java.net.InetSocketAddress;

/** Opens ports of the servers for public test suites. {@code ServiceLoader} finds the hosts beside Netty's. */
public interface ConformanceHost {
    /** Returns the value of the option {@code --host}. */
    String name();

    /**
     * Opens a port with one event loop, as Node has: the suites depend on the order of requests on several connections.
     *
     * @param spaced whether WebSocket messages are sent apart, as {@link SpacedMessages} says
     */
    Host open(SocketIoServer server, InetSocketAddress address, boolean spaced) throws Exception;
}
