package com.corundumstudio.socketio;

/** Accepts or rejects the requests that open connections. */
@FunctionalInterface
public interface AuthorizationListener {
    /** Called once for each connection, on a thread that may block. A rejected request is answered 401. */
    AuthorizationResult getAuthorizationResult(HandshakeData data);
}
