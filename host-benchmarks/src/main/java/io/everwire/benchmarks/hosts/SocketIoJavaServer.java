package io.everwire.benchmarks.hosts;

import io.everwire.benchmarks.servers.Ready;
import io.socket.engineio.server.EngineIoServer;
import io.socket.socketio.server.SocketIoNamespace;
import io.socket.socketio.server.SocketIoServer;
import io.socket.socketio.server.SocketIoSocket;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;

/** The same application on socket.io-server-java in Jetty. Handlers answer with the JSON object that they were given. */
public final class SocketIoJavaServer {
    private SocketIoJavaServer() {}

    /** Starts the server. */
    public static void main(String[] args) throws Exception {
        EngineIoServer engine = new EngineIoServer();
        SocketIoNamespace namespace = new SocketIoServer(engine).namespace("/");
        namespace.on("connection", sockets -> connected((SocketIoSocket) sockets[0]));
        ServletContextHandler context = new ServletContextHandler("/");
        ServletHolder servlet = new ServletHolder(new Endpoint(engine));
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/socket.io/*");
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        Ready.say(JettyContainer.start(context));
    }

    private static void connected(SocketIoSocket socket) {
        String joins = socket.getInitialQuery().get("join");
        if (joins != null) {
            socket.joinRoom(joins);
        }
        socket.on("echo", arguments -> socket.send("echo", arguments[0]));
        socket.on(
                "ack",
                arguments -> ((SocketIoSocket.ReceivedByLocalAcknowledgementCallback) arguments[1])
                        .sendAcknowledgement(arguments[0]));
        String publishes = socket.getInitialQuery().get("publish");
        if (publishes != null) {
            socket.on("publish", arguments -> socket.getNamespace().broadcast(publishes, "news", arguments[0]));
        }
    }

    /** Passes requests on, as its documentation shows. */
    private static final class Endpoint extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final transient EngineIoServer engine;

        Endpoint(EngineIoServer engine) {
            this.engine = engine;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
                engine.handleRequest(request, response);
                return;
            }
            ServerContainer container =
                    (ServerContainer) request.getServletContext().getAttribute(ServerContainer.class.getName());
            ServerEndpointConfig config = ServerEndpointConfig.Builder.create(SocketIoJavaEndpoint.class, "/")
                    .configurator(new ServerEndpointConfig.Configurator() {
                        @Override
                        public <T> T getEndpointInstance(Class<T> type) {
                            return type.cast(new SocketIoJavaEndpoint(engine));
                        }
                    })
                    .build();
            try {
                container.upgradeHttpToWebSocket(request, response, config, Map.of());
            } catch (DeploymentException e) {
                throw new ServletException(e);
            }
        }
    }
}
