package io.everwire.benchmarks.hosts;

import io.everwire.HandlerMode;
import io.everwire.benchmarks.servers.EverwireServer;
import io.everwire.benchmarks.servers.Ready;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.SocketIoFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;

/** Everwire as a filter of Jetty. */
public final class JettyServer {
    private JettyServer() {}

    /** Starts the server. */
    public static void main(String[] args) throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        ServletOptions options = ServletOptions.builder().eventLoops(1).build();
        FilterHolder filter =
                new FilterHolder(SocketIoFilter.create(EverwireServer.create(HandlerMode.MAILBOX), options));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/socket.io/*", EnumSet.of(DispatcherType.REQUEST));
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        Ready.say(JettyContainer.start(context));
    }
}
