package io.everwire.benchmarks.attack;

import static io.everwire.benchmarks.attack.Wire.EIO3;
import static io.everwire.benchmarks.attack.Wire.EIO4;
import static io.everwire.benchmarks.attack.Wire.GEN0;
import static io.everwire.benchmarks.attack.Wire.GEN1;

import io.everwire.benchmarks.attack.Inbound.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A cycle of the soak: a client connects, echoes and leaves.
 *
 * @param wire the generation of the client
 */
record Way(Wire wire, Leaving leaving) {
    /** The transport, and the end of a client. */
    enum Leaving {
        CLOSE,
        RESET,
        TIMEOUT,
        PACKET,
        KICK,
        NAMESPACE,
        POLLING_TIMEOUT,
        POLLING_PACKET,
        UPGRADED,
        UPGRADING
    }

    private static final String TEXT = "hello";

    /** Returns all cycles that the generations have. */
    static List<Way> all() {
        List<Way> all = new ArrayList<>();
        for (Leaving leaving : Leaving.values()) {
            for (Wire wire : Wire.values()) {
                boolean exists = switch (leaving) {
                    case CLOSE, RESET, TIMEOUT, POLLING_TIMEOUT -> true;
                    // Clients 0.6 have neither events nor packets to leave with.
                    case PACKET, KICK, NAMESPACE, POLLING_PACKET -> wire != GEN0;
                    case UPGRADED, UPGRADING -> wire == EIO4 || wire == EIO3;
                };
                if (exists) {
                    all.add(new Way(wire, leaving));
                }
            }
        }
        return all;
    }

    String label() {
        return wire + " " + leaving.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns whether the client stays until the server notices that it is silent. */
    boolean isSilent() {
        return leaving == Leaving.TIMEOUT;
    }

    /** Performs the cycle; the future completes when the client has left. */
    CompletableFuture<?> run(Network network, int port) {
        return switch (leaving) {
            case POLLING_TIMEOUT, POLLING_PACKET -> poll(network, port);
            case UPGRADED, UPGRADING -> upgrade(network, port);
            default ->
                Client.join(network, port, wire, "join=room")
                        .thenCompose(
                                client -> client.ask(client.echo(TEXT)).thenCompose(answer -> leave(client, answer)));
        };
    }

    private CompletionStage<?> leave(Client client, String answer) {
        if (!answer.equals(client.echo(TEXT))) {
            throw new Rejection("the echo was " + answer);
        }
        RawConnection connection = client.connection();
        switch (leaving) {
            case RESET -> connection.reset();
            case TIMEOUT -> client.silence();
            case PACKET -> {
                client.say(String.valueOf(wire.leave()));
                connection.close();
            }
            case KICK -> client.say(wire.event("kick", ""));
            case NAMESPACE -> {
                client.say(wire.event("leave", ""));
                return connection.nextText().thenAccept(left -> connection.close());
            }
            default -> connection.close();
        }
        return connection.ended();
    }

    private CompletableFuture<?> poll(Network network, int port) {
        return Client.handshake(network, port, wire, "")
                .thenCompose(sid -> network.connect(port).thenCompose(connection -> {
                    CompletableFuture<Response> joined = wire == EIO4
                            ? post(connection, sid, "40").thenCompose(done -> get(connection, sid))
                            : wire == GEN0 ? CompletableFuture.completedFuture(null) : get(connection, sid);
                    return joined.thenCompose(done -> post(connection, sid, message()))
                            .thenCompose(done -> get(connection, sid))
                            .thenCompose(done -> leaving == Leaving.POLLING_PACKET
                                    ? post(connection, sid, String.valueOf(wire.leave()))
                                    : CompletableFuture.completedFuture(done))
                            .whenComplete((done, failure) -> connection.close());
                }));
    }

    private String message() {
        return wire == GEN1 ? "3:::" + TEXT : wire == GEN0 ? "~m~5~m~" + TEXT : wire.event("echo", "\"" + TEXT + "\"");
    }

    private CompletableFuture<Response> get(RawConnection connection, String sid) {
        return connection.ask(RawConnection.get(wire.poll(sid), "")).thenApply(Way::checked);
    }

    private CompletableFuture<Response> post(RawConnection connection, String sid, String packet) {
        byte[] body = Wire.utf8(wire == GEN1 ? packet : wire.body(packet));
        return connection
                .ask(RawConnection.post(wire.post(sid), wire.contentType(), body))
                .thenApply(Way::checked);
    }

    private static Response checked(Response response) {
        if (response.status() != 200) {
            throw new Rejection("HTTP " + response.status() + " " + response.body());
        }
        return response;
    }

    private CompletableFuture<?> upgrade(Network network, int port) {
        return Client.handshake(network, port, wire, "")
                .thenCompose(sid -> network.connect(port)
                        .thenCompose(connection -> connection.upgrade(wire.webSocket(sid, "sid=" + sid), ""))
                        .thenCompose(connection -> {
                            CompletableFuture<String> probed = connection.nextText();
                            connection.say("2probe");
                            return probed.thenCompose(answer -> {
                                if (!answer.equals("3probe")) {
                                    throw new Rejection("the probe was answered " + answer);
                                }
                                if (leaving == Leaving.UPGRADED) {
                                    connection.say("5");
                                    connection.say("41");
                                }
                                connection.reset();
                                return connection.ended();
                            });
                        }));
    }
}
