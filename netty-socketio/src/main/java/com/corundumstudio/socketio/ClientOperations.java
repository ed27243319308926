package com.corundumstudio.socketio;

import com.corundumstudio.socketio.protocol.Packet;

/** Sends to one client or to many. */
public interface ClientOperations {
    /** Sends the event of a packet. */
    void send(Packet packet);

    /** Disconnects from the namespace. */
    void disconnect();

    /** Sends an event. */
    void sendEvent(String name, Object... data);
}
