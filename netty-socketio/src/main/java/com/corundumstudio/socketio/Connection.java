package com.corundumstudio.socketio;

import io.everwire.Attribute;
import io.everwire.Handshake;
import io.everwire.OpeningRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that the namespaces of one connection share. */
final class Connection {
    private static final Attribute<Connection> KEY = Attribute.of("connection of netty-socketio");

    private final UUID id = UUID.randomUUID();
    private final HandshakeData handshake;
    private final Map<String, Object> store = new ConcurrentHashMap<>();

    private Connection(HandshakeData handshake) {
        this.handshake = handshake;
    }

    /**
     * Creates the connection that a request opens; its sockets find it.
     *
     * @param local the address of the server's port, or null
     */
    static Connection create(OpeningRequest request, InetSocketAddress local) {
        // Headers that Everwire accepted need no other check.
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        request.headers().forEach(headers::add);
        Connection connection = new Connection(new HandshakeData(
                headers,
                new QueryStringDecoder(request.target()).parameters(),
                request.remoteAddress(),
                local,
                request.target(),
                request.header("Origin") != null));
        request.attributes().set(KEY, connection);
        return connection;
    }

    /** Returns the connection that a socket belongs to. */
    static Connection of(Handshake handshake) {
        Connection connection = handshake.attribute(KEY);
        if (connection == null) {
            throw new IllegalStateException(
                    "allowRequest: Configuration.options must not replace the filter that SocketIOServer sets");
        }
        return connection;
    }

    UUID id() {
        return id;
    }

    HandshakeData handshake() {
        return handshake;
    }

    Map<String, Object> store() {
        return store;
    }
}
