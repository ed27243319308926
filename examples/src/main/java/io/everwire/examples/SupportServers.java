package io.everwire.examples;

import io.everwire.Ack;
import io.everwire.Arguments;
import io.everwire.GenerationOptions;
import io.everwire.HandlerMode;
import io.everwire.Handshake;
import io.everwire.HttpRefusedException;
import io.everwire.RecoveryOptions;
import io.everwire.RefusedException;
import io.everwire.RequestHead;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the suites of the official clients since 1.0 expect. The originals are {@code test/support/server.ts} of
 * socket.io-client 4.8, {@code test/support/server.js} of socket.io-client 2.5, and {@code test/support} of engine.io-client 6.6 and
 * 3.5.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for these; failures show as missing answers.
final class SupportServers {
    private static final byte[] BYTES = "asdfasdf".getBytes(StandardCharsets.UTF_8);
    private static final List<String> TEXTS =
            List.of("てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string");

    private SupportServers() {}

    /** Creates the server for socket.io-client 4. Each request waits 10 ms, for the tests of the connect timeout. */
    static SocketIoServer client4() {
        Executor later = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);
        SocketIoServer server = socketIo(options("eio4")
                .pingInterval(Duration.ofSeconds(2))
                .connectionStateRecovery(RecoveryOptions.builder().build())
                .allowRequestAsync(request -> CompletableFuture.runAsync(() -> {}, later)));
        server.of("/foo").onConnection(SupportServers::id);
        server.onConnection(SupportServers::id);
        return server;
    }

    /** Creates the server for socket.io-client 2. */
    static SocketIoServer client2() {
        SocketIoServer server = socketIo(options("eio3").pingInterval(Duration.ofSeconds(2)));
        server.of("/foo");
        return server;
    }

    /** Creates the server for engine.io-client 6. It sets cookies, and a message over 100 bytes is too large. */
    static SocketIoServer engineClient4() {
        SocketIoServer server = engine(
                "eio4",
                options("eio4")
                        .maxHttpBufferSize(100)
                        .allowRequest(SupportServers::deny)
                        .pingInterval(Duration.ofMillis(500)),
                "пойду спать всем спокойной ночи");
        server.engine()
                .onInitialHeaders((headers, request) -> headers.add("set-cookie", "1=1; Max-Age=86400")
                        .add("set-cookie", "2=2; Path=/; HttpOnly; Secure; SameSite=Strict")
                        .add("set-cookie", "3=3; Max-Age=0")
                        .add("set-cookie", "4=4; Expires=Thu, 01 Jan 1970 00:00:00 GMT"));
        return server;
    }

    /** Creates the server for engine.io-client 3. JSON-P is on, because version 0.7 uses it for every other origin. */
    static SocketIoServer engineClient3() {
        ServerOptions.Builder options = options("eio3").scriptTransports(true).pingInterval(Duration.ofMillis(500));
        return engine("eio3", options, "пойду сать всем мпокойной ночи");
    }

    /**
     * Accepts the pages of this machine, which {@code *} would not suffice for: clients before 3.0 send credentials. Handlers run on the
     * event loop, as in Node.
     */
    static ServerOptions.Builder options(String generation) {
        return ServerOptions.builder()
                .generations(generation)
                .handlerMode(HandlerMode.EVENT_LOOP)
                .origins("localhost:*", "127.0.0.1:*");
    }

    private static void deny(RequestHead request) {
        if (request.query("deny") != null) {
            throw new HttpRefusedException(403, "Forbidden");
        }
    }

    private static SocketIoServer engine(String generation, ServerOptions.Builder options, String utf8) {
        AtomicReference<Map<String, String>> posted = new AtomicReference<>(Map.of());
        SocketIoServer server = SocketIoServer.create(options.path("/engine.io")
                .generations(GenerationOptions.builder()
                        .only(generation)
                        .engineOnly(true)
                        .build())
                .build());
        server.engine().use((request, headers) -> {
            if (request.method().equals("POST")) {
                posted.set(request.headers());
            }
        });
        server.onConnection(socket -> socket.send("hi"));
        server.onMessage((socket, message) -> {
            if ("give binary".equals(message)) {
                socket.send(new byte[] {0, 1, 2, 3, 4});
            } else if ("give utf8".equals(message)) {
                socket.send(utf8);
            } else if ("sendHeaders".equals(message)) {
                String cookie = posted.get().get("cookie");
                socket.send(cookie == null ? "{}" : "{\"cookie\":\"" + cookie + "\"}");
            } else {
                socket.send(message);
            }
        });
        return server;
    }

    private static SocketIoServer socketIo(ServerOptions.Builder options) {
        SocketIoServer server = SocketIoServer.create(options.build());
        for (String namespace : List.of("/timeout_socket", "/valid", "/asd")) {
            server.of(namespace);
        }
        server.of("/abc").onConnection(socket -> socket.emit("handshake", handshake(socket)));
        server.of("/no").use(socket -> {
            throw new RefusedException("Auth failed (custom namespace)");
        });
        server.use(socket -> {
            if (socket.handshake().query("fail") != null) {
                throw new RefusedException("Auth failed (main namespace)");
            }
        });
        server.onConnection(SupportServers::texts);
        server.onConnection(SupportServers::bytes);
        return server;
    }

    private static void id(Socket socket) {
        socket.onCall("getId", caller -> Ack.of(caller.id()));
    }

    private static void texts(Socket socket) {
        socket.onRaw("hi", (caller, none) -> {
            caller.emit("hi");
            return silence();
        });
        socket.onRaw(
                "echo", (caller, arguments) -> Ack.of(arguments.size() == 0 ? null : arguments.as(0, Object.class)));
        socket.onRaw("ack", (caller, none) -> {
            caller.call("ack", Arguments.class).thenAccept(answer -> {
                if (List.of(5, Map.of("test", true)).equals(answer.all())) {
                    caller.emit("got it");
                }
            });
            return silence();
        });
        socket.onRaw("getAckDate", (caller, data) -> Ack.of(now()));
        socket.on("getDate", caller -> caller.emit("takeDate", now()));
        socket.on("getDateObj", caller -> caller.emit("takeDateObj", Map.of("date", now())));
        socket.on("getUtf8", caller -> TEXTS.forEach(text -> caller.emit("takeUtf8", text)));
        socket.on("false", caller -> caller.emit("false", false));
        socket.onCall("getHandshake", caller -> Ack.of(handshake(caller)));
    }

    private static void bytes(Socket socket) {
        socket.on("doge", caller -> caller.emit("doge", BYTES));
        socket.on("getbin", caller -> caller.emit("takebin", BYTES));
        answer(socket, "buffa", "buffack", bytes -> bytes instanceof byte[]);
        answer(socket, "blob", "back", bytes -> bytes instanceof byte[]);
        answer(socket, "jsonbuff", "jsonbuff-ack", SupportServers::isMixed);
        answer(socket, "jsonblob", "jsonblob-ack", SupportServers::isMixed);
        Set<String> before = new HashSet<>();
        answer(socket, "abuff1", "", bytes -> !before.add("abuff1"));
        answer(socket, "abuff2", "abuff2-ack", bytes -> before.contains("abuff1"));
        answer(socket, "blob1", "", bytes -> !before.add("blob1"));
        answer(socket, "blob2", "", text -> "second".equals(text) && !before.add("blob2"));
        answer(socket, "blob3", "blob3-ack", bytes -> before.containsAll(List.of("blob1", "blob2")));
    }

    private static void answer(Socket socket, String event, String response, Predicate<@Nullable Object> expected) {
        socket.on(event, Object.class, (caller, value) -> {
            if (expected.test(value)) {
                caller.emit(response);
            }
        });
    }

    private static boolean isMixed(@Nullable Object value) {
        return value instanceof Map<?, ?> mixed
                && "lol".equals(mixed.get("hello"))
                && mixed.get("message") instanceof byte[]
                && "gotcha".equals(mixed.get("goodbye"));
    }

    /** Returns a result that never comes: the originals do not call the ack. */
    private static CompletableFuture<@Nullable Object> silence() {
        return new CompletableFuture<>();
    }

    private static String now() {
        return Instant.ofEpochMilli(System.currentTimeMillis()).toString();
    }

    /** Returns the fields of Node's {@code socket.handshake}. */
    private static Map<String, Object> handshake(Socket socket) {
        Handshake handshake = socket.handshake();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("headers", handshake.headers());
        fields.put("time", handshake.time().toString());
        fields.put("issued", handshake.time().toEpochMilli());
        fields.put("address", handshake.address().getHostString());
        fields.put("xdomain", handshake.xdomain());
        fields.put("secure", handshake.secure());
        fields.put("url", handshake.url());
        fields.put("query", handshake.query());
        fields.put("auth", handshake.auth(Object.class));
        return fields;
    }
}
