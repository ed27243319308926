package io.everwire.examples.guide;

import io.everwire.Attribute;
import io.everwire.HttpRefusedException;
import io.everwire.Namespace;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Authentication of clients, and checks of their events. */
public final class Authentication {
    // docs: auth-attribute
    static final Attribute<Tokens.Claims> USER = Attribute.of("user");
    // docs: end

    private Authentication() {}

    public static void jwt(SocketIoServer server, Tokens tokens) {
        // docs: auth
        record Credentials(String token) {}

        server.use(socket -> {
            String token = socket.handshake().auth(Credentials.class).token();
            Tokens.Claims user = tokens.verify(token == null ? "" : token)
                    .orElseThrow(() -> new RefusedException("unauthorized", Map.of("login", "/login")));
            socket.attributes().set(USER, user);
            socket.join("user " + user.sub());
        });

        server.onCall("who am I?", socket -> socket.attributes().require(USER).name());
        // docs: end
    }

    public static void toUser(SocketIoServer server) {
        // docs: auth-room
        server.to("user 42").emit("mail", "to every tab and device of this user");
        server.in("user 42").disconnectSockets(true); // sign out everywhere
        // docs: end
    }

    /** Asks another server, without blocking. */
    private static CompletionStage<Boolean> isMember(String id) {
        return CompletableFuture.supplyAsync(() -> id.equals("42"));
    }

    public static void later(Namespace club) {
        // docs: auth-async
        club.useAsync(socket -> isMember(socket.handshake().query().getOrDefault("id", ""))
                .thenAccept(member -> {
                    if (!member) {
                        throw new RefusedException("members only");
                    }
                }));
        // docs: end
    }

    public static ServerOptions apiKey() {
        // docs: auth-request
        ServerOptions options = ServerOptions.builder()
                .allowRequest(request -> {
                    if (request.header("X-Api-Key") == null) {
                        throw new RefusedException("an API key is missing");
                    }
                })
                .build();
        // docs: end
        return options;
    }

    public static ServerOptions token(Tokens tokens) {
        // docs: auth-token
        ServerOptions options = ServerOptions.builder()
                .allowRequest(request -> {
                    String token = Optional.ofNullable(request.query("token")).orElse("");
                    Tokens.Claims user = tokens.verify(token)
                            .orElseThrow(
                                    () -> new HttpRefusedException(401, "log in").header("WWW-Authenticate", "Bearer"));
                    request.attributes().set(USER, user);
                })
                .setup(server -> server.onCall(
                        "who am I?",
                        socket -> socket.handshake().attribute(USER).name()))
                .build();
        // docs: end
        return options;
    }

    public static void events(SocketIoServer server, BiConsumer<String, Throwable> log) {
        // docs: auth-event
        server.onConnection(socket -> socket.use((self, event, arguments) -> {
            if (event.startsWith("admin ") && !self.rooms().contains("admins")) {
                throw new RefusedException("not allowed", Map.of("event", event));
            }
        }));
        server.onError((socket, event, failure) -> log.accept(event + " of " + socket.id(), failure));
        // docs: end
    }
}
