package io.everwire;

import io.everwire.adapter.SocketDetails;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A socket as it was found by {@code fetchSockets}, on whatever server it is. What is done to it reaches it there. */
public final class RemoteSocket {
    private final Namespace namespace;
    private final SocketDetails details;
    private final BroadcastOperator itself;

    RemoteSocket(Namespace namespace, SocketDetails details) {
        this.namespace = namespace;
        this.details = details;
        this.itself = namespace.everybody().to(details.id());
    }

    /** Its public id. */
    public String id() {
        return details.id();
    }

    /** The namespace it is in. */
    public Namespace namespace() {
        return namespace;
    }

    /** The rooms it was in when it was found. */
    public Set<String> rooms() {
        return details.rooms();
    }

    /** How it came to be; of a socket of a Node server, generation and transport are empty. The port of the address is unknown. */
    public Handshake handshake() {
        return HandshakeJson.read(details.handshake(), namespace.outgoing().codec());
    }

    /**
     * What its server keeps with it under a shared key, or null: what it was when it was found, for one of this server what it is
     * now.
     *
     * @throws IllegalArgumentException if the key is not {@linkplain Attribute#shared shared}
     * @throws BadArgumentsException if what is kept there does not fit
     */
    public <T> @Nullable T attribute(Attribute<T> key) {
        if (key.type() == null) {
            throw new IllegalArgumentException("key: \"" + key + "\" is not shared");
        }
        return Attributes.told(details.data(), namespace.outgoing().codec()).of(key);
    }

    /** Sends it an event. */
    public void emit(String event, @Nullable Object... args) {
        itself.emit(event, args);
    }

    /** Sends it a message. */
    public void send(@Nullable Object message) {
        itself.send(message);
    }

    /**
     * Sends it an event and expects an answer; see {@link Socket#call}.
     *
     * @return fails with {@link AckTimeoutException} if none came, whyever
     */
    public <T> CompletableFuture<T> call(Duration timeout, String event, Class<T> answer, @Nullable Object... args) {
        return itself.timeout(timeout).call(event, answer, args).thenApply(answers -> {
            if (answers.values().isEmpty()) {
                throw new AckTimeoutException();
            }
            return answers.values().get(0);
        });
    }

    /** Has it join rooms. */
    public void join(String... rooms) {
        itself.socketsJoin(rooms);
    }

    /** Has it leave a room. */
    public void leave(String room) {
        itself.socketsLeave(room);
    }

    /** Disconnects it from its namespace, or with {@code close} its client from everything. */
    public void disconnect(boolean close) {
        itself.disconnectSockets(close);
    }

    @Override
    public String toString() {
        return namespace.name() + " " + details;
    }
}
