package com.corundumstudio.socketio.transport;

import com.corundumstudio.socketio.SocketIOClient;
import io.everwire.Socket;

/** One client in one namespace. A class in netty-socketio; an interface here. */
public interface NamespaceClient extends SocketIOClient {
    /** Returns Everwire's socket, for code that moves to its API. */
    Socket everwire();
}
