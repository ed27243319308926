package io.everwire.servlet;

import io.everwire.Host;
import io.everwire.testkit.host.TestTls;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A servlet container for tests, embedded in the test. */
public interface TestContainer {
    /** Returns the name and version of the container. */
    String name();

    /** Returns whether Everwire reads and writes frames in it, unless Jakarta WebSocket is asked for. */
    default boolean ownFrames() {
        return true;
    }

    /** Starts the container on a port of 127.0.0.1. */
    Host start(Application application) throws Exception;

    /**
     * Returns the container on the class path. Tests are skipped without one: each container has a module of its own, which
     * runs them.
     */
    static TestContainer installed() {
        Optional<TestContainer> found = ServiceLoader.load(TestContainer.class).findFirst();
        if (found.isEmpty() && System.getProperty("everwire.container") == null) {
            Assumptions.abort("no container is on the class path");
        }
        return found.orElseThrow();
    }

    /** A filter of the application. */
    record NamedFilter(String name, Filter filter, boolean async) {}

    /** The application that a container runs. */
    final class Application {
        final List<NamedFilter> filters = new ArrayList<>();
        Consumer<ServletContext> startup = context -> {};
        String contextPath = "";
        int port;
        int threads = 50;
        boolean lenient;

        @Nullable
        TestTls tls;

        @Nullable
        Servlet servlet;

        @Nullable
        ServerEndpointConfig webSocket;

        /** Adds a filter behind the earlier ones. */
        public Application filter(String name, Filter filter) {
            filters.add(new NamedFilter(name, filter, true));
            return this;
        }

        /** Adds a filter that is registered without async support. */
        public Application synchronousFilter(String name, Filter filter) {
            filters.add(new NamedFilter(name, filter, false));
            return this;
        }

        /** Sets a function that is called before the application starts. */
        public Application onStartup(Consumer<ServletContext> value) {
            startup = value;
            return this;
        }

        /** Sets the servlet for all requests, with async support. */
        public Application servlet(Servlet value) {
            servlet = value;
            return this;
        }

        /** Sets a WebSocket of the application. */
        public Application webSocket(ServerEndpointConfig value) {
            webSocket = value;
            return this;
        }

        /** Sets the path of the application, such as {@code /shop}; empty by default. */
        public Application contextPath(String value) {
            contextPath = value;
            return this;
        }

        /** Sets the port; 0, the default, has the system choose. */
        public Application port(int value) {
            port = value;
            return this;
        }

        /** Sets the largest number of the container's threads. */
        public Application threads(int value) {
            threads = value;
            return this;
        }

        /** Has the container accept the paths of 0.6 clients, with a double slash. */
        public Application lenient() {
            lenient = true;
            return this;
        }

        /** Has the container serve TLS only, with HTTP/2 and HTTP/1.1 by ALPN. */
        public Application tls(TestTls value) {
            tls = value;
            return this;
        }

        public @Nullable TestTls tls() {
            return tls;
        }

        public List<NamedFilter> filters() {
            return filters;
        }

        public ServletContainerInitializer initializer() {
            return (classes, context) -> startup.accept(context);
        }

        public Servlet servlet() {
            return servlet == null ? new NotFoundServlet() : servlet;
        }

        public @Nullable ServerEndpointConfig webSocket() {
            return webSocket;
        }

        public String contextPath() {
            return contextPath;
        }

        public int threads() {
            return threads;
        }

        public boolean isLenient() {
            return lenient;
        }

        /** Returns the address to listen on. */
        public InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }
    }
}
