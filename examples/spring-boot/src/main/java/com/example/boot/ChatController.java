package com.example.boot;

import io.everwire.Attribute;
import io.everwire.Handshake;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.spring.OnConnect;
import io.everwire.spring.OnDisconnect;
import io.everwire.spring.OnEvent;
import io.everwire.spring.OnMessage;
import io.everwire.spring.SocketIoController;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.time.Instant;
import java.util.List;

// docs: boot-controller
/** A chat with rooms. Its methods are called through the proxy of the bean, so @Transactional and @PreAuthorize work, too. */
@SocketIoController
class ChatController {
    static final List<String> ROOMS = List.of("lobby", "games", "music");
    private static final Attribute<String> NAME = Attribute.of("name");

    /** Sent by a client. */
    record Message(@Pattern(regexp = "[a-z]+") String room, @NotBlank @Size(max = 500) String text) {}

    /** Sent to all clients in a room. */
    record Said(String room, String name, String text, Instant time) {}

    /** The user is that of the form login; null in an application without one. */
    @OnConnect
    void joined(Socket socket, Handshake handshake, Principal user) {
        String name = user == null ? "guest-" + socket.id().substring(0, 4) : user.getName();
        socket.attributes().set(NAME, name);
        socket.join(ROOMS.get(0));
        socket.emit("welcome", name, ROOMS, handshake.generation());
        socket.to(ROOMS.get(0)).emit("arrived", name);
    }

    /** The returned value is the ack. A message that is not valid is answered with its wrong fields. */
    @OnEvent("say")
    Said say(@Valid Message message, Socket socket) {
        Said said = new Said(message.room(), name(socket), message.text(), Instant.now());
        socket.to(message.room()).emit("said", said);
        return said;
    }

    /** Changes the room. The ack is the number of people there. */
    @OnEvent("enter")
    int enter(@Pattern(regexp = "lobby|games|music") String room, Socket socket, SocketIoServer server) {
        leave(socket);
        socket.join(room);
        socket.to(room).emit("arrived", name(socket));
        return server.in(room).sockets().size();
    }

    /** Clients of Socket.IO 0.6 can only send messages. */
    @OnMessage
    void message(String text, Socket socket) {
        socket.to(ROOMS.get(0)).emit("said", new Said(ROOMS.get(0), name(socket), text, Instant.now()));
    }

    /** A socket is still in its rooms while it is disconnecting. */
    @OnDisconnect(disconnecting = true)
    void leave(Socket socket) {
        ROOMS.stream().filter(socket.rooms()::contains).forEach(room -> {
            socket.to(room).emit("left", name(socket));
            socket.leave(room);
        });
    }
    // docs: end

    private static String name(Socket socket) {
        return socket.attributes().require(NAME);
    }
}
