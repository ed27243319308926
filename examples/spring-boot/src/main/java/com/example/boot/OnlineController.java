package com.example.boot;

import io.everwire.SocketIoServer;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A REST resource that uses the server. */
@RestController
class OnlineController {
    private final SocketIoServer server;

    OnlineController(SocketIoServer server) {
        this.server = server;
    }

    /** Returns the number of sessions by generation and transport. */
    @GetMapping("/api/online")
    Map<String, Map<String, Integer>> online() {
        return server.counters().sessionsByTransport();
    }
}
