package io.everwire.servlet;

import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.servlet.TestContainer.Application;
import io.everwire.testkit.host.RawPeer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A server that echoes the event {@code echo}, in the container on the class path, behind filters of an application. */
public final class ContainerServer implements AutoCloseable {
    private final SocketIoServer server;
    private final Host host;

    private ContainerServer(SocketIoServer server, Host host) {
        this.server = server;
        this.host = host;
    }

    public static ContainerServer start() throws Exception {
        return start(ServletOptions.DEFAULTS, application -> application);
    }

    /** @param filters adds filters that stand before the server's */
    public static ContainerServer start(ServletOptions options, UnaryOperator<Application> filters) throws Exception {
        SocketIoServer server =
                SocketIoServer.create(ServerOptions.since2010().noClientFiles().build());
        server.on("echo", String.class, (socket, text) -> socket.emit("echo", text));
        server.onMessage(String.class, (socket, text) -> socket.send("echo of " + text));
        Application application =
                filters.apply(new Application()).filter("socket.io", SocketIoFilter.create(server, options));
        try {
            return new ContainerServer(server, TestContainer.installed().start(application));
        } catch (Exception | Error e) {
            server.close();
            throw e;
        }
    }

    public SocketIoServer server() {
        return server;
    }

    public InetSocketAddress address() {
        return host.address();
    }

    public RawPeer connect() throws IOException {
        return RawPeer.open(host.address());
    }

    @Override
    public void close() throws Exception {
        server.close();
        host.close().get(60, TimeUnit.SECONDS);
    }
}
