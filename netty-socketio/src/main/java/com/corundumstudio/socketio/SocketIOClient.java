package com.corundumstudio.socketio;

import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.store.Store;
import java.net.SocketAddress;
import java.util.Set;
import java.util.UUID;

/**
 * One client in one namespace. The values of its {@link Store} belong to the connection: all its namespaces have them. Any thread may
 * use it.
 */
public interface SocketIOClient extends ClientOperations, Store {
    /** Returns the request that opened the connection. */
    HandshakeData getHandshakeData();

    /** Returns the current transport. */
    Transport getTransport();

    /** Returns the version of the protocol; {@link EngineIOVersion#UNKNOWN} for clients before 1.0. */
    EngineIOVersion getEngineIOVersion();

    /** Returns whether few bytes are queued for the client. */
    boolean isWritable();

    /** Sends an event and waits for the ack. */
    void sendEvent(String name, AckCallback<?> ackCallback, Object... data);

    /** Sends the event of a packet and waits for the ack. */
    void send(Packet packet, AckCallback<?> ackCallback);

    /** Returns the namespace. */
    SocketIONamespace getNamespace();

    /**
     * Returns the id of the connection: the same in all its namespaces. It is the {@code socket.id} of clients since 3.0; earlier clients
     * know another id.
     */
    UUID getSessionId();

    /** Returns the address of the client. */
    SocketAddress getRemoteAddress();

    /** Returns whether it is connected. */
    boolean isChannelOpen();

    /** Joins a room. */
    void joinRoom(String room);

    /** Joins rooms. */
    void joinRooms(Set<String> rooms);

    /** Leaves a room. */
    void leaveRoom(String room);

    /** Leaves rooms. */
    void leaveRooms(Set<String> rooms);

    /** Returns the rooms that it joined; a snapshot. */
    Set<String> getAllRooms();

    /** Returns the number of clients in a room. */
    int getCurrentRoomSize(String room);
}
