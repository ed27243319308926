package com.corundumstudio.socketio;

import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.transport.NamespaceClient;
import io.everwire.Arguments;
import io.everwire.Attribute;
import io.everwire.Socket;
import io.everwire.SocketOperator;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** One client in one namespace. */
final class EverwireClient implements NamespaceClient {
    /** The client of a socket. */
    private static final Attribute<EverwireClient> KEY = Attribute.of("client of netty-socketio");

    /** The bytes from which Netty calls a channel of netty-socketio unwritable. */
    private static final int WRITABLE = 64 * 1024;

    private final EverwireNamespace namespace;
    private final Socket socket;
    private final Connection connection;

    private EverwireClient(EverwireNamespace namespace, Socket socket, Connection connection) {
        this.namespace = namespace;
        this.socket = socket;
        this.connection = connection;
    }

    /** Creates the client of a socket that joins. */
    static EverwireClient create(EverwireNamespace namespace, Socket socket) {
        Connection connection = Connection.of(socket.handshake());
        EverwireClient client = new EverwireClient(namespace, socket, connection);
        socket.attributes().set(KEY, client);
        return client;
    }

    /** Returns the client of a socket that is joining; a recovered socket has not passed the middleware, which creates it otherwise. */
    static EverwireClient joined(EverwireNamespace namespace, Socket socket) {
        EverwireClient client = socket.attributes().get(KEY);
        return client == null ? create(namespace, socket) : client;
    }

    /** Returns the client of a socket that has joined. */
    static EverwireClient of(Socket socket) {
        return socket.attributes().require(KEY);
    }

    @Override
    public Socket everwire() {
        return socket;
    }

    @Override
    public HandshakeData getHandshakeData() {
        return connection.handshake();
    }

    @Override
    public Transport getTransport() {
        return Transport.of(socket.transport());
    }

    @Override
    public EngineIOVersion getEngineIOVersion() {
        return switch (socket.handshake().generation()) {
            case "eio4" -> EngineIOVersion.V4;
            case "eio3" -> EngineIOVersion.V3;
            default -> EngineIOVersion.UNKNOWN;
        };
    }

    @Override
    public boolean isWritable() {
        return socket.connected() && socket.pressure() < WRITABLE;
    }

    @Override
    public void sendEvent(String name, Object... data) {
        socket.emit(name, data);
    }

    @Override
    public void sendEvent(String name, AckCallback<?> ackCallback, Object... data) {
        call(name, ackCallback, data);
    }

    private <T> void call(String name, AckCallback<T> callback, Object... data) {
        SocketOperator operator =
                callback.getTimeout() > 0 ? socket.timeout(Duration.ofSeconds(callback.getTimeout())) : socket;
        Acks.deliver(operator.call(name, Arguments.class, data), callback);
    }

    @Override
    public void send(Packet packet) {
        sendEvent(Packets.event(packet), Packets.arguments(packet));
    }

    @Override
    public void send(Packet packet, AckCallback<?> ackCallback) {
        sendEvent(Packets.event(packet), ackCallback, Packets.arguments(packet));
    }

    @Override
    public void disconnect() {
        socket.disconnect();
    }

    @Override
    public SocketIONamespace getNamespace() {
        return namespace;
    }

    @Override
    public UUID getSessionId() {
        return connection.id();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return socket.handshake().address();
    }

    @Override
    public boolean isChannelOpen() {
        return socket.connected();
    }

    @Override
    public void joinRoom(String room) {
        socket.join(room);
    }

    @Override
    public void joinRooms(Set<String> rooms) {
        socket.join(rooms);
    }

    @Override
    public void leaveRoom(String room) {
        socket.leave(room);
    }

    @Override
    public void leaveRooms(Set<String> rooms) {
        socket.leave(rooms);
    }

    @Override
    public Set<String> getAllRooms() {
        // netty-socketio has no room of the client itself.
        Set<String> rooms = new LinkedHashSet<>(socket.rooms());
        rooms.remove(socket.id());
        return rooms;
    }

    @Override
    public int getCurrentRoomSize(String room) {
        return socket.namespace().in(room).sockets().size();
    }

    @Override
    public void set(String key, Object val) {
        if (val == null) {
            del(key);
        } else {
            connection.store().put(key, val);
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The caller names the type, as in netty-socketio.
    public <T> T get(String key) {
        return (T) connection.store().get(key);
    }

    @Override
    public boolean has(String key) {
        return connection.store().containsKey(key);
    }

    @Override
    public void del(String key) {
        connection.store().remove(key);
    }

    /** Two clients are equal if they are of one connection in one namespace. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EverwireClient client
                && client.connection == connection
                && client.namespace == namespace;
    }

    @Override
    public int hashCode() {
        return connection.id().hashCode();
    }

    @Override
    public String toString() {
        return "client " + connection.id() + " in \"" + namespace.getName() + "\"";
    }
}
