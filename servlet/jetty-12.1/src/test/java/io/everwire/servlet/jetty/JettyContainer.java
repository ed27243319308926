package io.everwire.servlet.jetty;

import io.everwire.Host;
import io.everwire.servlet.TestContainer;
import io.everwire.testkit.host.TestTls;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Jetty;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Jetty, of the version on the class path. A subclass has the servlets of one Jakarta EE. */
public abstract class JettyContainer implements TestContainer {
    /** Returns a context at {@link #contextPath} with WebSockets, which {@link #deployment} fills. */
    abstract Handler handler(Application application);

    static String contextPath(Application application) {
        return application.contextPath().isEmpty() ? "/" : application.contextPath();
    }

    /** Adds the filters, the servlet and the WebSocket of the application to a context, with the API of servlets. */
    static ServletContainerInitializer deployment(Application application) {
        return (classes, context) -> {
            for (NamedFilter filter : application.filters()) {
                FilterRegistration.Dynamic added = context.addFilter(filter.name(), filter.filter());
                added.setAsyncSupported(filter.async());
                added.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
            }
            ServletRegistration.Dynamic servlet = context.addServlet("application", application.servlet());
            servlet.setAsyncSupported(true);
            servlet.addMapping("/");
            if (application.webSocket() != null) {
                ServerContainer webSockets = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
                try {
                    webSockets.addEndpoint(application.webSocket());
                } catch (DeploymentException e) {
                    throw new ServletException(e);
                }
            }
            application.initializer().onStartup(classes, context);
        };
    }

    @Override
    public String name() {
        return "Jetty " + Jetty.VERSION.substring(0, 4);
    }

    @Override
    public Host start(Application application) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(application.threads(), Math.min(4, application.threads()));
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        if (application.isLenient()) {
            configuration.setUriCompliance(UriCompliance.LEGACY);
        }
        ServerConnector connector =
                new ServerConnector(server, null, null, null, 1, 1, protocols(configuration, application.tls()));
        connector.setHost("127.0.0.1");
        connector.setPort(application.address().getPort());
        // A client whose connection finds the queue full tries again after a second.
        connector.setAcceptQueueSize(2_000);
        server.addConnector(connector);
        server.setHandler(handler(application));
        try {
            server.start();
        } catch (Exception e) {
            server.stop();
            throw e;
        }
        return new Running(server, connector);
    }

    /** Returns HTTP/1.1, or TLS with HTTP/2 and HTTP/1.1. */
    private static ConnectionFactory[] protocols(HttpConfiguration configuration, @Nullable TestTls tls) {
        HttpConnectionFactory http11 = new HttpConnectionFactory(configuration);
        if (tls == null) {
            return new ConnectionFactory[] {http11};
        }
        // Tests ask for hosts of other names.
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server keys = new SslContextFactory.Server();
        keys.setKeyStorePath(tls.file().toString());
        keys.setKeyStorePassword(TestTls.PASSWORD);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http11.getProtocol());
        return new ConnectionFactory[] {
            new SslConnectionFactory(keys, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(configuration),
            http11
        };
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
