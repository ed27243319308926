package com.corundumstudio.socketio;

import com.corundumstudio.socketio.listener.ClientListeners;
import java.util.Collection;
import java.util.UUID;

/** A namespace. Any thread may use it. */
public interface SocketIONamespace extends ClientListeners {
    /** Returns the name; empty for the default namespace. */
    String getName();

    /** Sends to all clients. */
    BroadcastOperations getBroadcastOperations();

    /** Sends to the clients of a room. */
    BroadcastOperations getRoomOperations(String room);

    /** Sends to the clients of rooms; to none if no room is named. */
    BroadcastOperations getRoomOperations(String... rooms);

    /** Returns the clients; a live view. */
    Collection<SocketIOClient> getAllClients();

    /** Returns a client by the id of its connection, or null. */
    SocketIOClient getClient(UUID uuid);

    /** Adds a listener that accepts or rejects clients by the {@code auth} data that they send. */
    void addAuthTokenListener(AuthTokenListener listener);
}
