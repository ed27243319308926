package com.corundumstudio.socketio;

import com.corundumstudio.socketio.protocol.Packet;
import io.everwire.BroadcastOperator;
import io.everwire.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Sends to the clients of namespaces. */
final class EverwireBroadcast implements BroadcastOperations {
    private final Collection<EverwireNamespace> namespaces;

    /** Null for all clients. */
    private final List<String> rooms;

    EverwireBroadcast(Collection<EverwireNamespace> namespaces, List<String> rooms) {
        this.namespaces = namespaces;
        this.rooms = rooms;
    }

    private BroadcastOperator operator(EverwireNamespace namespace) {
        return rooms == null
                ? namespace.everwire().everybody()
                : namespace.everwire().to(rooms);
    }

    private void each(Consumer<? super EverwireNamespace> action) {
        // No room is none of the clients, not all.
        if (rooms == null || !rooms.isEmpty()) {
            namespaces.forEach(action);
        }
    }

    @Override
    public Collection<SocketIOClient> getClients() {
        List<SocketIOClient> clients = new ArrayList<>();
        each(namespace -> operator(namespace).sockets().forEach(socket -> clients.add(EverwireClient.of(socket))));
        return clients;
    }

    @Override
    public void send(Packet packet) {
        sendEvent(Packets.event(packet), Packets.arguments(packet));
    }

    @Override
    public void disconnect() {
        each(namespace -> operator(namespace).disconnectSockets());
    }

    @Override
    public void sendEvent(String name, Object... data) {
        each(namespace -> operator(namespace).emit(name, data));
    }

    @Override
    public void sendEvent(String name, SocketIOClient excludedClient, Object... data) {
        sendEvent(name, excluding(excludedClient), data);
    }

    @Override
    public void sendEvent(String name, Predicate<SocketIOClient> excludePredicate, Object... data) {
        each(namespace -> {
            List<String> ids = operator(namespace).sockets().stream()
                    .filter(socket -> !excludePredicate.test(EverwireClient.of(socket)))
                    .map(Socket::id)
                    .toList();
            if (!ids.isEmpty()) {
                // The id of a socket is a room with this one socket. The packet is encoded once.
                namespace.everwire().to(ids).emit(name, data);
            }
        });
    }

    @Override
    public <T> void send(Packet packet, BroadcastAckCallback<T> ackCallback) {
        call(Packets.event(packet), client -> false, ackCallback, Packets.arguments(packet));
    }

    @Override
    public <T> void sendEvent(String name, Object data, BroadcastAckCallback<T> ackCallback) {
        call(name, client -> false, ackCallback, data);
    }

    @Override
    public <T> void sendEvent(
            String name, Object data, SocketIOClient excludedClient, BroadcastAckCallback<T> ackCallback) {
        call(name, excluding(excludedClient), ackCallback, data);
    }

    @Override
    public <T> void sendEvent(
            String name, Object data, Predicate<SocketIOClient> excludePredicate, BroadcastAckCallback<T> ackCallback) {
        call(name, excludePredicate, ackCallback, data);
    }

    private <T> void call(
            String name, Predicate<SocketIOClient> exclude, BroadcastAckCallback<T> callback, Object... data) {
        for (SocketIOClient client : getClients()) {
            if (!exclude.test(client)) {
                client.sendEvent(name, callback.of(client), data);
            }
        }
        callback.complete();
    }

    private static Predicate<SocketIOClient> excluding(SocketIOClient excluded) {
        return client -> client.getSessionId().equals(excluded.getSessionId());
    }
}
