package com.corundumstudio.socketio.listener;

import com.corundumstudio.socketio.SocketIOClient;

/** Listens to clients that have left a namespace. */
@FunctionalInterface
public interface DisconnectListener {
    /** Called on a thread that may block, after the client's last event. The client is in no room any more. */
    void onDisconnect(SocketIOClient client);
}
