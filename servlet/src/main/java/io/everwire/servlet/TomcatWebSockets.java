package io.everwire.servlet;

import io.everwire.engine.EngineSession;
import io.everwire.engine.RateLimitedLog;
import io.everwire.engine.frames.WebSocketHandshake;
import io.everwire.protocol.RequestHead;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Turns requests into WebSockets with our own frames on the connections of Tomcat. */
final class TomcatWebSockets implements WebSockets {
    private static final RateLimitedLog failed = new RateLimitedLog(TomcatWebSockets.class);

    private final ServletHost host;

    TomcatWebSockets(ServletHost host) {
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
            FrameLine line = FrameLine.grant(response, host, head, added, session, strand);
            request.upgrade(TomcatUpgrade.class).start(line);
            line.awaitOpen();
            return true;
        } catch (IOException | ServletException | RuntimeException e) {
            failed.error(e, "a WebSocket was granted, but Tomcat could not upgrade the connection");
            return false;
        }
    }
}
