package com.example.boot;

import io.everwire.SocketIoServer;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

// docs: boot-rest
/** A REST resource that uses the server. */
@RestController
class OnlineController {
    /**
     * The answer.
     *
     * @param sessions the number of sessions by generation and transport
     * @param rooms the number of people in each room
     */
    record Online(Map<String, Map<String, Integer>> sessions, Map<String, Integer> rooms) {}

    private final SocketIoServer server;

    OnlineController(SocketIoServer server) {
        this.server = server;
    }

    @GetMapping("/api/online")
    Online online() {
        return new Online(
                server.counters().sessionsByTransport(),
                ChatController.ROOMS.stream()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                room -> server.in(room).sockets().size())));
    }
}
// docs: end
