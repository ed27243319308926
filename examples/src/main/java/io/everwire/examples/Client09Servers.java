package io.everwire.examples;

import io.everwire.Ack;
import io.everwire.Namespace;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The servers that the suites of socket.io-client 0.7 to 0.9 expect: one for each case, by its name. The original is {@code
 * support/test-runner/app.js} of socket.io-client 0.8.7.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for these; failures show as missing answers.
final class Client09Servers {
    private static final Map<String, Consumer<SocketIoServer>> CASES = cases();

    private Client09Servers() {}

    /**
     * Creates the servers of all cases, which serve this transport. They are not reachable yet. JSON-P is on as well, because a page of
     * another origin receives its handshake in a script; clients prefer every other transport to it.
     */
    static Map<String, SocketIoServer> create(String transport) {
        Map<String, SocketIoServer> servers = new LinkedHashMap<>();
        ServerOptions options = SupportServers.options("gen1")
                .transports(transport, "jsonp-polling")
                .scriptTransports(true)
                .build();
        CASES.forEach((name, setup) -> {
            SocketIoServer server = SocketIoServer.create(options);
            setup.accept(server);
            servers.put(name, server);
        });
        return servers;
    }

    private static Map<String, Consumer<SocketIoServer>> cases() {
        Map<String, Consumer<SocketIoServer>> cases = new LinkedHashMap<>();
        cases.put("test connecting the socket and disconnecting", server -> {});
        cases.put("test receiving messages", each(Client09Servers::sendThree));
        for (String name :
                List.of("test sending messages", "test manual buffer flushing", "test automatic buffer flushing")) {
            cases.put(name, each(socket -> socket.onMessage(socket::send)));
        }
        cases.put(
                "test acks sent from client",
                each(socket -> socket.call("message", Object.class, "tobi").thenRun(() -> socket.send("tobi 2"))));
        cases.put("test acks sent from server", server -> server.onMessage((socket, message) -> {}));
        cases.put("test connecting to namespaces", server -> {
            server.of("/woot").onConnection(socket -> socket.send("connected to woot"));
            server.of("/chat").onConnection(socket -> socket.send("connected to chat"));
        });
        cases.put(
                "test disconnecting from namespaces",
                server -> List.of("/a", "/b").forEach(server::of));
        cases.put(
                "test authorizing for namespaces",
                server -> server.of("/a").use(socket -> {
                    throw new RefusedException("unauthorized");
                }));
        cases.put("test sending json from server", each(socket -> socket.send(3141592)));
        cases.put(
                "test sending json from client",
                each(socket -> socket.onMessage(message -> {
                    if (message instanceof List<?> list && list.size() == 3) {
                        socket.send("echo");
                    }
                })));
        cases.put("test emitting an event from server", each(socket -> socket.emit("woot")));
        cases.put("test emitting multiple events at once to the server", each(socket -> {
            Set<String> printed = new HashSet<>();
            socket.on("print", String.class, (caller, text) -> {
                if (text != null && printed.add(text) && printed.size() == 2) {
                    caller.emit("done");
                }
            });
        }));
        cases.put("test emitting an event to server", each(socket -> socket.on("woot", caller -> caller.emit("echo"))));
        cases.put(
                "test emitting an event from server and sending back data",
                each(socket -> socket.call("woot", String.class, 1)
                        .thenAccept(answer -> socket.emit("test".equals(answer) ? "done" : "wrong"))));
        cases.put(
                "test emitting an event to server and sending back data",
                each(socket -> socket.onCall(
                        "tobi", int.class, int.class, (caller, a, b) -> Ack.of(Map.of("hello", "world")))));
        cases.put("test encoding a payload", server -> {
            Namespace woot = server.of("/woot");
            woot.onConnection(socket -> {
                AtomicInteger count = new AtomicInteger();
                doneAfter(socket, message -> "ñ".equals(message) && count.incrementAndGet() == 4);
            });
        });
        cases.put(
                "test sending query strings to the server",
                each(socket -> socket.send(Map.of("query", socket.handshake().query()))));
        cases.put("test sending newline", each(socket -> doneAfter(socket, "\n"::equals)));
        cases.put("test sending unicode", each(socket -> doneAfter(socket, Map.of("test", "☃")::equals)));
        cases.put("test webworker connection", each(socket -> doneAfter(socket, "woot"::equals)));
        return cases;
    }

    private static Consumer<SocketIoServer> each(Consumer<Socket> listener) {
        return server -> server.onConnection(listener);
    }

    private static void doneAfter(Socket socket, Predicate<Object> last) {
        socket.onMessage(message -> {
            if (message != null && last.test(message)) {
                socket.emit("done");
            }
        });
    }

    /** Sends three numbers 50 ms apart and disconnects the socket half a second after them. */
    private static void sendThree(Socket socket) {
        Executor delayed = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> socket.send("1"), delayed)
                .thenRunAsync(() -> socket.send("2"), delayed)
                .thenRunAsync(() -> socket.send("3"), delayed);
        sent.thenRunAsync(socket::disconnect, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
    }
}
