package com.corundumstudio.socketio;

import com.corundumstudio.socketio.protocol.Packet;
import java.util.Collection;
import java.util.function.Predicate;

/** Sends to the clients of namespaces or rooms. A client in several of the rooms receives an event once. */
public interface BroadcastOperations extends ClientOperations {
    /** Returns the clients; a snapshot. */
    Collection<SocketIOClient> getClients();

    /** Sends the event of a packet and collects the acks. */
    <T> void send(Packet packet, BroadcastAckCallback<T> ackCallback);

    /** Sends an event to all clients but one. */
    void sendEvent(String name, SocketIOClient excludedClient, Object... data);

    /** Sends an event to the clients for which the predicate is false. */
    void sendEvent(String name, Predicate<SocketIOClient> excludePredicate, Object... data);

    /** Sends an event with one argument and collects the acks. */
    <T> void sendEvent(String name, Object data, BroadcastAckCallback<T> ackCallback);

    /** Sends an event to all clients but one and collects the acks. */
    <T> void sendEvent(String name, Object data, SocketIOClient excludedClient, BroadcastAckCallback<T> ackCallback);

    /** Sends an event to the clients for which the predicate is false and collects the acks. */
    <T> void sendEvent(
            String name, Object data, Predicate<SocketIOClient> excludePredicate, BroadcastAckCallback<T> ackCallback);
}
