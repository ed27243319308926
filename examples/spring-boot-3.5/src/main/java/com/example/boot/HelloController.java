package com.example.boot;

import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.spring.OnConnect;
import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Handlers as annotated methods, beside a REST resource. */
@RestController
@SocketIoController
class HelloController {
    /** A position, sent by a client. */
    record Move(int x, int y) {}

    private final SocketIoServer server;

    HelloController(SocketIoServer server) {
        this.server = server;
    }

    @GetMapping("/online")
    int online() {
        return server.sockets().size();
    }

    @OnConnect
    void joined(Socket socket) {
        socket.emit("welcome", "your id is " + socket.id());
    }

    @OnEvent("say")
    void say(String text) {
        server.emit("said", text);
    }

    @OnEvent("add")
    int add(int a, int b) {
        return a + b;
    }

    @OnEvent("move")
    Move move(Move move) {
        return new Move(move.x() + 1, move.y() + 1);
    }
}
