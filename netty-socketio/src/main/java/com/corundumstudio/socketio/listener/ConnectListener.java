package com.corundumstudio.socketio.listener;

import com.corundumstudio.socketio.SocketIOClient;

/** Listens to clients that have joined a namespace. */
@FunctionalInterface
public interface ConnectListener {
    /** Called on a thread that may block, before the client's first event. */
    void onConnect(SocketIOClient client);
}
