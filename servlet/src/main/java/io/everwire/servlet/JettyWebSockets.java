package io.everwire.servlet;

import io.everwire.engine.EngineSession;
import io.everwire.engine.RateLimitedLog;
import io.everwire.engine.frames.WebSocketHandshake;
import io.everwire.protocol.RequestHead;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;

/** Turns requests into WebSockets with our own frames on the connections of Jetty, as Jetty's own WebSockets do. */
final class JettyWebSockets implements WebSockets {
    private static final RateLimitedLog failed = new RateLimitedLog(JettyWebSockets.class);

    private final ServletHost host;

    JettyWebSockets(ServletHost host) {
        this.host = host;
    }

    @Override
    public boolean isGrantable(RequestHead head) {
        return WebSocketHandshake.isRequested(head);
    }

    @Override
    public boolean upgrade(
            HttpServletRequest request,
            HttpServletResponse response,
            ServletRequestHead head,
            List<String> added,
            EngineSession session,
            Strand strand) {
        try {
            Request known = Request.unWrap(request(request));
            EndPoint endPoint = known.getConnectionMetaData().getConnection().getEndPoint();
            FrameLine line = FrameLine.grant(response, host, head, added, session, strand);
            response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
            // Jetty uses it when the response is complete.
            known.setAttribute(
                    HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
                    new JettyConnection(endPoint, known.getComponents().getExecutor(), line));
            line.awaitOpen();
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            failed.error(e, "a WebSocket was granted, but Jetty could not upgrade the connection");
            return false;
        }
    }

    /** Returns Jetty's own object for a request. Its class in the servlet API differs between the versions of Jakarta EE. */
    private static Request request(HttpServletRequest request) throws ReflectiveOperationException {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return (Request) inner.getClass().getMethod("getRequest").invoke(inner);
    }
}
