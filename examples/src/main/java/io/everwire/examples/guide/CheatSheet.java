package io.everwire.examples.guide;

import io.everwire.Ack;
import io.everwire.AckResponses;
import io.everwire.Arguments;
import io.everwire.EmitResult;
import io.everwire.Namespace;
import io.everwire.RefusedException;
import io.everwire.ServerResponses;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Every way to send. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure is of no interest here
public final class CheatSheet {
    private CheatSheet() {}

    public static void one(Socket socket, SocketIoServer server, String id, byte[] bytes) {
        // docs: sheet-one
        record Point(int x, int y) {}

        socket.emit("hello"); // to this client
        socket.emit("hello", "Ada", 7, new Point(3, 4), List.of(1, 2)); // any number of arguments
        socket.emit("list", (Object) new String[] {"a", "b"}); // an array as one argument
        socket.emit("photo", "cat", bytes); // binary data, at any place
        socket.send("hello"); // a message, which clients of every generation have
        socket.asVolatile().emit("position", 3, 4); // dropped if the client cannot take it now
        socket.asVolatile("Ada")
                .emit("position", 5, 6); // the last one with this key, as soon as the client can take it
        socket.compress(false).emit("photo", "dog", bytes); // without compression
        server.to(id).emit("hello"); // to a client by the id of its socket
        // docs: end
    }

    public static void others(Socket socket) {
        // docs: sheet-others
        socket.broadcast().emit("news", "all others in the namespace");
        socket.to("red").emit("news", "the others in a room");
        socket.to("red", "blue").emit("news", "the others in one of these rooms, once");
        socket.to("red").except("blue").emit("news", "the others in red, but not in blue");
        socket.except("blue").emit("news", "the others outside a room");
        socket.asVolatile().to("red").emit("news", "the others in a room that can take it now");
        socket.broadcast().send("a message to all others");
        // docs: end
    }

    public static void many(SocketIoServer server, List<String> names) {
        // docs: sheet-many
        server.emit("news", "all clients of the namespace /");
        server.to("red").emit("news", "a room");
        server.in("red").emit("news", "the same: in and to are one");
        server.to("red", "blue").emit("news", "several rooms, each client once");
        server.to(names).emit("news", "the rooms of a list");
        server.to("red").except("blue").emit("news", "red, but not blue");
        server.except("blue").emit("news", "all outside a room");
        server.asVolatile().emit("news", "all that can take it now");
        server.compress(false).emit("news", "all, without compression");
        server.local().emit("news", "the clients of this server only, in a cluster");
        server.send("a message to all clients");
        // docs: end
    }

    public static void namespaces(SocketIoServer server) {
        // docs: sheet-namespaces
        Namespace chat = server.of("/chat");
        chat.emit("news", "all of one namespace");
        chat.to("red").emit("news", "a room of a namespace");
        server.of(Pattern.compile("/game-\\d+")).emit("news", "all of the namespaces of a pattern");
        // docs: end
    }

    public static void calls(Socket socket, SocketIoServer server, Consumer<Object> log) {
        // docs: sheet-calls
        CompletableFuture<Boolean> ready = socket.call("ready?", Boolean.class);
        CompletableFuture<String> name =
                socket.timeout(Duration.ofSeconds(5)).emitWithAck("name?", String.class); // the same as call
        CompletableFuture<Arguments> size = socket.call("size?", Arguments.class, "cm"); // all values of the ack
        CompletableFuture<AckResponses<String>> all =
                server.to("red").timeout(Duration.ofSeconds(5)).call("name?", String.class);
        // docs: end
        ready.thenAccept(log);
        name.thenAccept(log);
        size.thenAccept(values -> log.accept(values.all()));
        all.thenAccept(answers -> log.accept(answers.values()));
    }

    public static void answers(SocketIoServer server) {
        // docs: sheet-answers
        server.on("ping", socket -> {}); // an empty ack
        server.onCall("add", int.class, int.class, (socket, a, b) -> a + b); // one value
        server.onCall("size", socket -> Ack.of(8, 5)); // several values
        server.onCall("later", socket -> CompletableFuture.supplyAsync(() -> "now")); // when the stage completes
        server.onCall("secret", socket -> {
            throw new RefusedException("not for you", Map.of("ask", "an admin")); // an ack with error: 'refused'
        });
        // docs: end
    }

    public static void members(SocketIoServer server) {
        // docs: sheet-members
        server.in("red")
                .fetchSockets()
                .thenAccept(sockets -> sockets.forEach(socket -> socket.emit("turn", socket.id())));
        server.in("red").sockets().forEach(socket -> socket.emit("turn", socket.id())); // of this server only
        // docs: end
    }

    public static void servers(SocketIoServer server, Consumer<Object> log) {
        // docs: sheet-servers
        server.serverSideEmit("refresh", "prices"); // to the handlers of onServerSide
        CompletableFuture<ServerResponses<Integer>> counts = server.serverSideCall("count", Integer.class);
        // docs: end
        counts.thenAccept(responses -> log.accept(responses.values()));
    }

    public static void result(Socket socket, Consumer<Object> log) {
        // docs: sheet-result
        EmitResult result = socket.emit("hello");
        if (!result.accepted()) {
            log.accept(result.disconnected() ? "not connected" : "dropped: " + result.dropReason());
        }
        // docs: end
    }
}
