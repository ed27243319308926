package com.corundumstudio.socketio;

/** Accepts or rejects clients by the {@code auth} data that they send when they join a namespace. */
@FunctionalInterface
public interface AuthTokenListener {
    /** Called before the client joins, on a thread that may block. The client cannot receive events yet; rooms may be joined. */
    AuthTokenResult getAuthTokenResult(Object authToken, SocketIOClient client);
}
