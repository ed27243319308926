package io.everwire.servlet;

import io.everwire.servlet.TestContainer.Application;
import io.everwire.testkit.host.EchoServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The application that the host contract expects behind a host, with servlets. */
final class EchoApplication extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient EchoServer echo;

    private EchoApplication(EchoServer echo) {
        this.echo = echo;
    }

    static Application of(EchoServer echo) {
        return new Application()
                .servlet(new EchoApplication(echo))
                .webSocket(ServerEndpointConfig.Builder.create(EchoEndpoint.class, "/app/ws")
                        .build());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod() + " "
                + request.getRequestURI().substring(request.getContextPath().length())) {
            case "GET /app/hello" -> answer(response, 200, "hello".getBytes(StandardCharsets.US_ASCII));
            case "POST /app/echo" ->
                answer(response, 200, request.getInputStream().readAllBytes());
            case "GET /app/later" -> {
                AsyncContext context = request.startAsync();
                context.setTimeout(0);
                echo.later().thenAcceptAsync(text -> {
                    try {
                        answer(response, 200, text.getBytes(StandardCharsets.UTF_8));
                    } catch (IOException closed) {
                        throw new IllegalStateException(closed);
                    } finally {
                        context.complete();
                    }
                });
            }
            default -> answer(response, 404, "nothing here".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void answer(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Echoes text. */
    public static final class EchoEndpoint extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                    text -> session.getAsyncRemote().sendText(text));
        }
    }
}
