package com.example.boot;

import io.everwire.SocketIoServer;
import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import org.springframework.security.access.prepost.PreAuthorize;

/** A handler for one role. Others receive {"error": "refused"} as the ack. */
@SocketIoController
class ModerationController {
    private final SocketIoServer server;

    ModerationController(SocketIoServer server) {
        this.server = server;
    }

    @OnEvent("announce")
    @PreAuthorize("hasRole('ADMIN')")
    public String announce(String text) {
        server.emit("announced", text);
        return "announced";
    }
}
