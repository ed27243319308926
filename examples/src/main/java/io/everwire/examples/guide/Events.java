package io.everwire.examples.guide;

import io.everwire.Ack;
import io.everwire.AckResponses;
import io.everwire.Arguments;
import io.everwire.Registration;
import io.everwire.ServerObserver.Outcome;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.TypeToken;
import io.everwire.json.RawJson;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Events and acks. */
@SuppressWarnings("FutureReturnValueIgnored") // failures are logged
public final class Events {
    private Events() {}

    public static void typed(SocketIoServer server) {
        // docs: events-typed
        record Move(String piece, int x, int y) {}

        server.on("move", Move.class, (socket, move) -> socket.broadcast().emit("moved", socket.id(), move));
        server.on("rename", String.class, String.class, (socket, from, to) -> server.emit("renamed", from, to));
        server.on("tags", new TypeToken<List<String>>() {}, (socket, tags) -> server.emit("tagged", tags.size()));
        server.on("bye", socket -> socket.disconnect());
        // docs: end
    }

    public static void perSocket(SocketIoServer server) {
        // docs: events-socket
        server.onConnection(socket -> {
            String name = socket.handshake().query().getOrDefault("name", "somebody");
            socket.on("say", String.class, (self, text) -> server.emit("said", name + ": " + text));
        });
        // docs: end
    }

    /** Looks up a number on another thread. */
    private static CompletableFuture<String> lookUp(String name) {
        return CompletableFuture.supplyAsync(() -> "number of " + name);
    }

    public static void acks(SocketIoServer server) {
        // docs: acks
        server.onCall("add", int.class, int.class, (socket, a, b) -> a + b);
        server.onCall("number", String.class, (socket, name) -> lookUp(name)); // a CompletableFuture
        server.onCall("size", socket -> Ack.of(8, 5)); // two values
        // docs: end
    }

    public static ServerOptions errorAcks() {
        // docs: acks-option
        ServerOptions options = ServerOptions.builder()
                .errorAcks(Outcome.REFUSED, Outcome.BAD_ARGUMENTS)
                .build();
        // docs: end
        return options;
    }

    public static void ackFirst(SocketIoServer server, Consumer<String> index) {
        // docs: acks-first
        server.onCall("save", String.class, (socket, text) -> Ack.of("saved").then(() -> index.accept(text)));
        // docs: end
    }

    public static void calls(SocketIoServer server, Consumer<String> log) {
        // docs: calls
        server.onConnection(socket -> socket.timeout(Duration.ofSeconds(5))
                .call("your name?", String.class)
                .whenComplete((name, failure) -> log.accept(failure == null ? name : failure.getMessage())));
        // docs: end
    }

    public static void callsAll(SocketIoServer server, Consumer<Object> log) {
        // docs: calls-all
        server.onConnection(socket -> socket.call("your score?", Arguments.class)
                .thenAccept(answer -> log.accept(answer.size() == 0 ? "no value" : answer.all())));
        // docs: end
    }

    public static void broadcastCall(SocketIoServer server, Consumer<Object> log) {
        // docs: calls-broadcast
        CompletableFuture<AckResponses<Boolean>> asked =
                server.to("players").timeout(Duration.ofSeconds(5)).call("ready?", Boolean.class);

        asked.thenAccept(answers -> {
            log.accept(answers.bySocket()); // the answers by socket id
            log.accept(answers.missing()); // the ids of the other sockets
        });
        // docs: end
    }

    public static void once(SocketIoServer server, Consumer<String> log) {
        // docs: events-once
        server.once("first", String.class, (socket, text) -> log.accept("the first: " + text));

        Registration handler = server.on("many", String.class, (socket, text) -> log.accept("one of many: " + text));
        server.on("enough", socket -> handler.remove());
        // docs: end
    }

    public static void any(SocketIoServer server, Consumer<String> log) {
        // docs: events-any
        server.onAny((socket, event, arguments) -> log.accept("in: " + event + " " + arguments.all()));
        server.onAnyOutgoing((socket, event, arguments) -> log.accept("out: " + event + " " + arguments.all()));
        // docs: end
    }

    public static void relay(SocketIoServer server) {
        // docs: events-relay
        server.on(
                "to",
                String.class,
                RawJson.class,
                (socket, id, json) -> server.to("user " + id).emit("from", socket.id(), json));
        server.of("/mirror").onRaw("draw", (socket, arguments) -> {
            socket.broadcast().emit("draw", arguments.raw().toArray());
            return Ack.none();
        });
        // docs: end
    }

    public static void raw(SocketIoServer server) {
        // docs: events-raw
        server.onRaw("total", (socket, arguments) -> {
            int total = 0;
            for (int i = 0; i < arguments.size(); i++) {
                total += arguments.as(i, int.class);
            }
            return total; // the ack; Ack.none() leaves it to another handler
        });
        // docs: end
    }
}
