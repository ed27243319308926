package io.everwire.servlet;

import io.everwire.engine.EngineSession;
import io.everwire.engine.RateLimitedLog;
import io.everwire.engine.frames.WebSocketHandshake;
import io.everwire.protocol.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns requests into WebSockets by Jakarta WebSocket, which each container has. */
final class JakartaWebSockets implements WebSockets {
    private static final RateLimitedLog failed = new RateLimitedLog(JakartaWebSockets.class);

    /** The only version that containers speak. */
    private static final String VERSION = "13";

    private final ServletHost host;
    private final ServerContainer container;

    private JakartaWebSockets(ServletHost host, ServerContainer container) {
        this.host = host;
        this.container = container;
    }

    /** @param container the container's {@link ServerContainer} */
    static WebSockets of(ServletHost host, Object container) {
        return new JakartaWebSockets(host, (ServerContainer) container);
    }

    @Override
    public boolean isGrantable(RequestHead head) {
        return VERSION.equals(head.header("Sec-WebSocket-Version")) && WebSocketHandshake.isRequested(head);
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
            for (int i = 0; i < added.size(); i += 2) {
                PreparedResponse.check(added.get(i), added.get(i + 1));
                response.addHeader(added.get(i), added.get(i + 1));
            }
            String protocol = WebSocketHandshake.protocol(head);
            JakartaLine line = new JakartaLine(host, head, session, strand);
            ServerEndpointConfig config = ServerEndpointConfig.Builder.create(JakartaUpgrade.class, "/")
                    .subprotocols(protocol == null ? List.of() : List.of(protocol))
                    .configurator(new Upgrade(line, protocol))
                    .build();
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
            line.awaitOpen();
            return true;
        } catch (DeploymentException | IOException | RuntimeException e) {
            failed.error(e, "a WebSocket was granted, but the container could not upgrade the connection");
            return false;
        }
    }

    /** The handshake of one request, which the engine has accepted. */
    private static final class Upgrade extends ServerEndpointConfig.Configurator {
        private final JakartaLine line;
        private final @Nullable String protocol;

        Upgrade(JakartaLine line, @Nullable String protocol) {
            this.line = line;
            this.protocol = protocol;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new JakartaUpgrade(line));
        }

        /** The engine has checked the origin. */
        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return protocol == null ? "" : protocol;
        }

        /** None: the container's compression has neither the server's threshold nor its limit. */
        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }

        @Override
        public void modifyHandshake(
                ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {}
    }
}
