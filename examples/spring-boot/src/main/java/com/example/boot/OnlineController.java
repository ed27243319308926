package com.example.boot;

import io.everwire.SocketIoServer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A page of Tomcat that uses the server. */
@RestController
class OnlineController {
    private final SocketIoServer server;

    OnlineController(SocketIoServer server) {
        this.server = server;
    }

    @GetMapping("/online")
    int online() {
        return server.sockets().size();
    }
}
