package io.everwire.benchmarks.attack;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A client of one generation on a WebSocket: joined, and answering heartbeats. Any thread. */
@SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for these; failures show as missing answers.
final class Client {
    /** Below the shortest heartbeat timeout of a {@link TargetServer}. */
    private static final long HEARTBEAT_MILLIS = 1000;

    private final Wire wire;
    private final RawConnection connection;
    private final CompletableFuture<Client> joined = new CompletableFuture<>();
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable CompletableFuture<String>> asked = new AtomicReference<>();
    private volatile boolean answers = true;

    private Client(Wire wire, RawConnection connection) {
        this.wire = wire;
        this.connection = connection;
    }

    /** Connects and joins; the future fails with a {@link Rejection}. */
    static CompletableFuture<Client> join(Network network, int port, Wire wire, String query) {
        return join(network, port, wire, query, 0);
    }

    static CompletableFuture<Client> join(Network network, int port, Wire wire, String query, int receiveBuffer) {
        return open(network, port, wire, query, receiveBuffer).thenCompose(connection -> {
            Client client = new Client(wire, connection);
            connection.onText(client::text);
            connection.ended().thenAccept(why -> client.joined.completeExceptionally(new Rejection(why)));
            client.beat(network);
            return client.joined;
        });
    }

    /** Opens a WebSocket without joining. Its first texts may be missed. */
    static CompletableFuture<RawConnection> open(
            Network network, int port, Wire wire, String query, int receiveBuffer) {
        if (!wire.shakesFirst()) {
            return network.connect(port, receiveBuffer)
                    .thenCompose(connection -> connection.upgrade(wire.webSocket("", query), ""));
        }
        return handshake(network, port, wire, query, "")
                .thenCompose(sid -> network.connect(port, receiveBuffer)
                        .thenCompose(connection -> connection.upgrade(wire.webSocket(sid, query), "")));
    }

    /** Opens a session by HTTP; returns its id. */
    static CompletableFuture<String> handshake(Network network, int port, Wire wire, String query) {
        return handshake(network, port, wire, query, "");
    }

    /** Opens a session by HTTP with further headers; returns its id. The connection is reset after the response. */
    static CompletableFuture<String> handshake(Network network, int port, Wire wire, String query, String headers) {
        return network.connect(port)
                .thenCompose(connection -> connection
                        .ask(RawConnection.get(wire.handshake(query), headers))
                        .thenApply(response -> {
                            connection.reset();
                            if (response.status() != 200) {
                                throw new Rejection("HTTP " + response.status());
                            }
                            return wire.sid(response.body());
                        }));
    }

    private void text(String text) {
        String reply = wire.reply(text);
        if (reply != null && answers) {
            connection.say(reply);
        }
        if (wire.joins(text) && joined.complete(this)) {
            return;
        }
        if (!wire.isControl(text)) {
            CompletableFuture<String> asking = asked.getAndSet(null);
            if (asking == null) {
                texts.add(text);
            } else {
                asking.complete(text);
            }
        }
    }

    private void beat(Network network) {
        String heartbeat = wire.heartbeat();
        if (heartbeat != null) {
            network.every(HEARTBEAT_MILLIS, () -> {
                if (answers) {
                    connection.say(heartbeat);
                }
                return connection.isOpen();
            });
        }
    }

    Wire wire() {
        return wire;
    }

    RawConnection connection() {
        return connection;
    }

    /** Sends a text message. */
    void say(String text) {
        connection.say(text);
    }

    /** Sends a text message; the future completes with the next text that is neither a heartbeat nor a greeting. */
    CompletableFuture<String> ask(String text) {
        CompletableFuture<String> asking = new CompletableFuture<>();
        asked.set(asking);
        connection.ended().thenAccept(why -> asking.completeExceptionally(new Rejection(why)));
        say(text);
        return asking;
    }

    /** Stops answering and reading, as a client that has lost its network. */
    void vanish() {
        answers = false;
        connection.reading(false);
    }

    /** Stops answering heartbeats. */
    void silence() {
        answers = false;
    }

    /** Waits for the next text that is neither a heartbeat nor a greeting; returns null if none arrives in time. */
    @Nullable
    String next(long millis) throws InterruptedException {
        return texts.poll(millis, TimeUnit.MILLISECONDS);
    }

    /** Returns the event or message by which the server answers with the same text. */
    String echo(String text) {
        return wire == Wire.GEN0 ? "~m~" + text.length() + "~m~" + text : wire.event("echo", "\"" + text + "\"");
    }
}
