package io.everwire.servlet.jetty;

import io.everwire.Host;
import io.everwire.servlet.TestContainer;
import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty 12.0 with the servlets of Jakarta EE 10. */
public final class JettyContainer implements TestContainer {
    @Override
    public Host start(Application application) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(application.threads(), Math.min(4, application.threads()));
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        if (application.isLenient()) {
            configuration.setUriCompliance(UriCompliance.LEGACY);
        }
        ServerConnector connector =
                new ServerConnector(server, null, null, null, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setPort(application.address().getPort());
        server.addConnector(connector);
        ServletContextHandler context =
                new ServletContextHandler(application.contextPath().isEmpty() ? "/" : application.contextPath());
        context.getServletHandler().setDecodeAmbiguousURIs(application.isLenient());
        for (NamedFilter filter : application.filters()) {
            FilterHolder holder = new FilterHolder(filter.filter());
            holder.setName(filter.name());
            holder.setAsyncSupported(filter.async());
            context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        ServletHolder servlet = new ServletHolder("application", application.servlet());
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/");
        JakartaWebSocketServletContainerInitializer.configure(context, (servletContext, webSockets) -> {
            if (application.webSocket() != null) {
                webSockets.addEndpoint(application.webSocket());
            }
        });
        context.addServletContainerInitializer(application.initializer());
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            server.stop();
            throw e;
        }
        return new Running(server, connector);
    }

    private record Running(Server server, ServerConnector connector) implements Host {
        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        }

        @Override
        public CompletableFuture<Void> close() {
            return CompletableFuture.runAsync(() -> {
                try {
                    server.stop();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }
}
