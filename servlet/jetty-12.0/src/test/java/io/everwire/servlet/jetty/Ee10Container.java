package io.everwire.servlet.jetty;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Handler;

/** Jetty with the servlets of Jakarta EE 10. */
public final class Ee10Container extends JettyContainer {
    @Override
    Handler handler(Application application) {
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
        return context;
    }
}
