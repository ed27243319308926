package io.everwire.examples.guide;

import io.everwire.Attribute;
import io.everwire.BroadcastOperator;
import io.everwire.SocketIoServer;
import java.util.function.Consumer;

/** Rooms, broadcasts and attributes of sockets. */
public final class Rooms {
    // docs: attribute
    static final Attribute<String> NAME = Attribute.of("name");
    // docs: end

    private Rooms() {}

    public static void join(SocketIoServer server) {
        // docs: rooms
        server.on("enter", String.class, (socket, name) -> {
            // The prefix keeps clients out of private rooms: the id of each socket is a room.
            String room = "room " + name;
            socket.join(room);
            socket.to(room).emit("entered", socket.id()); // the others in the room
        });
        server.on("leave", String.class, (socket, name) -> socket.leave("room " + name));
        // docs: end
    }

    public static void choose(SocketIoServer server, String someId) {
        // docs: broadcasts
        server.emit("news", "to all sockets");
        server.to("kitchen", "cellar").emit("news", "once to each socket in these rooms");
        server.except("cellar").emit("news", "to all sockets outside this room");
        server.to("kitchen").except("cellar").emit("news", "to the sockets in the first room but not in the second");
        server.to(someId).emit("news", "to one socket: its id is its private room");
        // docs: end
    }

    public static void keep(SocketIoServer server) {
        // docs: broadcasts-kept
        BroadcastOperator staff = server.to("kitchen", "cellar"); // immutable: it can be kept and shared
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
        server.in("cellar").socketsJoin("basement"); // they stay in the cellar, too
        server.in("basement").socketsLeave("cellar");
        log.accept(server.in("basement").sockets().size());
        server.in("basement").disconnectSockets(true); // true: also closes their connections
        // docs: end
    }
}
