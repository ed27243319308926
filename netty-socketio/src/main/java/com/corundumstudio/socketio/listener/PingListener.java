package com.corundumstudio.socketio.listener;

import com.corundumstudio.socketio.SocketIOClient;

/** Listens to heartbeats. Everwire does not report them: adding such a listener throws. */
@FunctionalInterface
public interface PingListener {
    /** Not called. */
    void onPing(SocketIOClient client);
}
