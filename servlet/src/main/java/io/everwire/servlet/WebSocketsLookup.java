package io.everwire.servlet;

import io.everwire.engine.EngineSession;
import io.everwire.engine.RateLimitedLog;
import io.everwire.protocol.RequestHead;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** Finds the way in which a container serves WebSockets. */
final class WebSocketsLookup {
    private static final RateLimitedLog missing = new RateLimitedLog(WebSocketsLookup.class);

    private WebSocketsLookup() {}

    /** @throws ServletException if the container cannot serve WebSockets in the way that the options ask for */
    static WebSockets find(ServletHost host, ServletContext context) throws ServletException {
        WebSocketSupport asked = host.options().webSocket();
        if (asked != WebSocketSupport.JAKARTA && isTomcat(context)) {
            return new TomcatWebSockets(host);
        }
        if (asked == WebSocketSupport.TOMCAT) {
            throw new ServletException(
                    "webSocket: TOMCAT was asked for, but the container is " + context.getServerInfo());
        }
        if (asked == WebSocketSupport.AUTO && isJetty(context)) {
            return new JettyWebSockets(host);
        }
        Object container = context.getAttribute("jakarta.websocket.server.ServerContainer");
        if (container != null) {
            return JakartaWebSockets.of(host, container);
        }
        if (asked == WebSocketSupport.JAKARTA) {
            throw new ServletException("webSocket: JAKARTA was asked for, but the application has no ServerContainer: "
                    + "add the WebSocket module of " + context.getServerInfo());
        }
        missing.warn("clients stay on polling: the application has no WebSocket container; add the WebSocket module of "
                + context.getServerInfo());
        return new None();
    }

    /** Returns whether the application runs in Tomcat, and not only beside its classes. */
    private static boolean isTomcat(ServletContext context) {
        return context.getClass().getName().startsWith("org.apache.catalina.")
                && isVisible("org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler");
    }

    /** Returns whether the application runs in Jetty, and Jetty does not hide its classes, as it does from a WAR. */
    private static boolean isJetty(ServletContext context) {
        return context.getClass().getName().startsWith("org.eclipse.jetty.")
                && isVisible("org.eclipse.jetty.server.HttpStream")
                && isVisible("org.eclipse.jetty.io.AbstractConnection");
    }

    private static boolean isVisible(String name) {
        try {
            Class.forName(name, false, WebSocketsLookup.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError notVisible) {
            return false;
        }
    }

    /** Grants no WebSocket. */
    private static final class None implements WebSockets {
        @Override
        public boolean isGrantable(RequestHead head) {
            return false;
        }

        @Override
        public boolean upgrade(
                HttpServletRequest request,
                HttpServletResponse response,
                ServletRequestHead head,
                List<String> added,
                EngineSession session,
                Strand strand) {
            return false;
        }
    }
}
