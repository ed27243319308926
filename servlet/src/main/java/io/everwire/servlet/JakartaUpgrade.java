package io.everwire.servlet;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of one WebSocket of Jakarta WebSocket. Public only because containers call no other class; applications do not use
 * it.
 */
public final class JakartaUpgrade extends Endpoint {
    private final @Nullable JakartaLine line;

    /** Containers require this constructor. They are given another instance. */
    public JakartaUpgrade() {
        this(null);
    }

    JakartaUpgrade(@Nullable JakartaLine line) {
        this.line = line;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        if (line != null) {
            line.opened(session);
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (line != null) {
            line.closed();
        }
    }

    @Override
    public void onError(Session session, Throwable failure) {
        if (line != null) {
            line.failed(failure);
        }
    }
}
