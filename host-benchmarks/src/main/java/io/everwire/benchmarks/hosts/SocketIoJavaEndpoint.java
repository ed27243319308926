package io.everwire.benchmarks.hosts;

import io.socket.engineio.server.EngineIoServer;
import io.socket.engineio.server.EngineIoWebSocket;
import io.socket.engineio.server.utils.ParseQS;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Connects engine.io-server to Jakarta WebSocket. Public only because containers call no other class. Its messages are
 * sent without waiting, because Jetty queues them.
 */
public final class SocketIoJavaEndpoint extends Endpoint {
    private final @Nullable EngineIoServer engine;
    private @Nullable Connection connection;

    /** Containers require this constructor. They are given another instance. */
    public SocketIoJavaEndpoint() {
        this(null);
    }

    SocketIoJavaEndpoint(@Nullable EngineIoServer engine) {
        this.engine = engine;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxIdleTimeout(0);
        Connection opened = new Connection(session);
        connection = opened;
        session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> opened.emit("message", text));
        session.addMessageHandler(
                byte[].class, (MessageHandler.Whole<byte[]>) bytes -> opened.emit("message", (Object) bytes));
        Objects.requireNonNull(engine).handleWebSocket(opened);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (connection != null) {
            connection.emit("close");
        }
    }

    @Override
    public void onError(Session session, Throwable failure) {
        if (connection != null) {
            connection.emit("error", "write error", failure.getMessage());
        }
    }

    private static final class Connection extends EngineIoWebSocket {
        private final Session session;
        private final Map<String, String> query;

        Connection(Session session) {
            this.session = session;
            this.query = ParseQS.decode(session.getQueryString());
        }

        @Override
        public Map<String, String> getQuery() {
            return query;
        }

        @Override
        public Map<String, List<String>> getConnectionHeaders() {
            return Map.of();
        }

        @Override
        public void write(String message) {
            session.getAsyncRemote().sendText(message, result -> {});
        }

        @Override
        public void write(byte[] message) {
            session.getAsyncRemote().sendBinary(ByteBuffer.wrap(message), result -> {});
        }

        @Override
        public void close() {
            try {
                session.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
