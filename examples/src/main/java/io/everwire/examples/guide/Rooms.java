package io.everwire.examples.guide;

import io.everwire.Attribute;
import io.everwire.BroadcastOperator;
import io.everwire.SocketIoServer;
import java.util.function.Consumer;

/** Rooms, broadcasts, and what is kept with a socket. */
public final class Rooms {
    // docs: attribute
    static final Attribute<String> NAME = Attribute.of("name");
    // docs: end

    private Rooms() {}

    public static void join(SocketIoServer server) {
        // docs: rooms
        server.on("enter", String.class, (socket, room) -> {
            socket.join(room);
            socket.to(room).emit("entered", socket.id()); // the others in the room
        });
        server.on("leave", String.class, (socket, room) -> socket.leave(room));
        // docs: end
    }

    public static void choose(SocketIoServer server, String someId) {
        // docs: broadcasts
        server.emit("news", "to everybody");
        server.to("kitchen", "cellar").emit("news", "to everybody in one of these rooms, once");
        server.except("cellar").emit("news", "to everybody outside it");
        server.to("kitchen").except("cellar").emit("news", "to those in one and not in the other");
        server.to(someId).emit("news", "to one socket: its id is a room of its own");
        // docs: end
    }

    public static void keep(SocketIoServer server) {
        // docs: broadcasts-kept
        BroadcastOperator staff = server.to("kitchen", "cellar"); // immutable: keep it, share it
        server.on(
                "order", String.class, (socket, dish) -> staff.except("cellar").emit("order", dish));
        // docs: end
    }

    public static void farewell(SocketIoServer server) {
        // docs: rooms-leaving
        server.onDisconnecting((socket, reason) -> socket.rooms().stream()
                .filter(room -> !room.equals(socket.id()))
                .forEach(room -> socket.to(room).emit("left", socket.id(), reason.toString())));
        // docs: end
    }

    public static void attributes(SocketIoServer server) {
        // docs: attributes
        server.on("name", String.class, (socket, name) -> socket.attributes().set(NAME, name));
        server.onCall("name of", String.class, (socket, id) -> {
            var other = server.sockets().get(id);
            return other == null ? null : other.attributes().get(NAME);
        });
        // docs: end
    }

    public static void manage(SocketIoServer server, Consumer<Object> log) {
        // docs: rooms-manage
        server.in("cellar").socketsJoin("basement"); // all of the cellar are in the basement too
        server.in("basement").socketsLeave("cellar");
        log.accept(server.in("basement").sockets().size());
        server.in("basement").disconnectSockets(true); // and their connections are closed
        // docs: end
    }
}
