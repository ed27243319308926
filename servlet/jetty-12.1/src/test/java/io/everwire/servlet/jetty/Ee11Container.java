package io.everwire.servlet.jetty;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Handler;

/** Jetty with the servlets of Jakarta EE 11. */
public final class Ee11Container extends JettyContainer {
    @Override
    Handler handler(Application application) {
        ServletContextHandler context = new ServletContextHandler(contextPath(application));
        context.getServletHandler().setDecodeAmbiguousURIs(application.isLenient());
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        context.addServletContainerInitializer(deployment(application));
        return context;
    }
}
