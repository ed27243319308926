package io.everwire.servlet;

import io.everwire.HandlerMode;
import io.everwire.HostContext;
import io.everwire.Registration;
import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;
import io.everwire.engine.RateLimitedLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link SocketIoServer} on the port of a servlet container. Requests that are not the server's pass to the next filter.
 *
 * <p>Register it for {@code /*} or for the server's path with {@code /*} behind it, for the dispatcher type REQUEST, with async support,
 * behind filters that authenticate. All filters before it need async support too. The container calls its methods. When the container
 * stops the application, the filter closes the sessions that were opened through it; the server stays open.
 */
public final class SocketIoFilter implements Filter {
    private static final RateLimitedLog blocking = new RateLimitedLog(SocketIoFilter.class);

    private final ServletHost host;
    private final @Nullable HostContext context;
    private final @Nullable Registration registration;

    private SocketIoFilter(ServletHost host, @Nullable HostContext context) {
        this.host = host;
        this.context = context;
        this.registration = context == null ? null : context.attach(host);
    }

    /**
     * Creates a filter with the default options.
     *
     * @throws IllegalStateException if the server is closed
     */
    public static SocketIoFilter create(SocketIoServer server) {
        return create(server, ServletOptions.DEFAULTS);
    }

    /**
     * Creates a filter. The server closes it after its sessions.
     *
     * @throws IllegalStateException if the server is closed
     */
    public static SocketIoFilter create(SocketIoServer server, ServletOptions options) {
        if (server.options().handlerMode() == HandlerMode.EVENT_LOOP) {
            blocking.warn(
                    "handlers run on the threads of the container, and one that blocks holds an event loop with many"
                            + " sessions: the server has handlerMode EVENT_LOOP");
        }
        ServletHost host = new ServletHost(server.unwrap(Engine.class), options);
        return new SocketIoFilter(host, server.unwrap(HostContext.class));
    }

    /** Creates a filter of an engine without a server. */
    static SocketIoFilter create(Engine engine, ServletOptions options) {
        return new SocketIoFilter(new ServletHost(engine, options), null);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ServletException if the container cannot serve the clients that the options ask for; the message says what it needs
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        DoubleSlashCheck.check(host.options(), config.getServletContext());
        host.webSockets(WebSocketsLookup.find(host, config.getServletContext()));
        if (context != null) {
            context.serving(description(config.getServletContext()));
        }
    }

    private String description(ServletContext container) {
        String path = container.getContextPath();
        return "a filter in " + container.getServerInfo() + (path.isEmpty() ? "" : " with the context path " + path)
                + (host.options().gen0() ? "" : " (gen0 is off here)");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() != DispatcherType.REQUEST
                || !(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)
                || !serve(http, answer)) {
            chain.doFilter(request, response);
        }
    }

    private boolean serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String target = ServletRequestHead.target(request);
        if (host.engine().options().rest(target) == null) {
            return false;
        }
        ServletRequestHead head = new ServletRequestHead(
                request, target, host.webSockets(), host.options().attachments(request));
        return new ServletExchange(host, request, response, head).serve();
    }

    /** Closes the sessions that were opened through this filter, and waits for the end of its threads. */
    @Override
    public void destroy() {
        if (registration != null) {
            registration.remove();
        }
        host.close();
    }
}
