package io.everwire.core;

import io.everwire.AckTimeoutException;
import io.everwire.Attribute;
import io.everwire.BroadcastOperator;
import io.everwire.Handshake;
import io.everwire.Namespace;
import io.everwire.RemoteSocket;
import io.everwire.adapter.SocketDetails;
import io.everwire.core.connect.HandshakeJson;
import io.everwire.json.JsonCodec;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A socket that {@code fetchSockets} found. Everything that is sent to it goes by the adapter. */
final class CoreRemoteSocket implements RemoteSocket {
    private final Namespace namespace;
    private final SocketDetails details;
    private final JsonCodec codec;
    private final BroadcastOperator itself;

    CoreRemoteSocket(Namespace namespace, SocketDetails details, JsonCodec codec) {
        this(namespace, details, codec, namespace.to(details.id()));
    }

    private CoreRemoteSocket(Namespace namespace, SocketDetails details, JsonCodec codec, BroadcastOperator itself) {
        this.namespace = namespace;
        this.details = details;
        this.codec = codec;
        this.itself = itself;
    }

    @Override
    public String id() {
        return details.id();
    }

    @Override
    public Namespace namespace() {
        return namespace;
    }

    @Override
    public Set<String> rooms() {
        return details.rooms();
    }

    @Override
    public Handshake handshake() {
        return HandshakeJson.read(details.handshake(), codec);
    }

    @Override
    public <T> @Nullable T attribute(Attribute<T> key) {
        if (key.type() == null) {
            throw new IllegalArgumentException("key: \"" + key + "\" is not shared");
        }
        return CoreAttributes.read(details.data(), codec).get(key);
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        itself.emit(event, args);
    }

    @Override
    public void send(@Nullable Object message) {
        itself.send(message);
    }

    @Override
    public RemoteSocket timeout(Duration timeout) {
        return new CoreRemoteSocket(namespace, details, codec, itself.timeout(timeout));
    }

    @Override
    public <T> CompletableFuture<@Nullable T> call(String event, Class<T> answer, @Nullable Object... args) {
        return itself.call(event, answer, args).thenApply(responses -> {
            if (responses.values().isEmpty()) {
                throw new AckTimeoutException();
            }
            return responses.values().get(0);
        });
    }

    @Override
    public void join(Collection<String> rooms) {
        itself.socketsJoin(rooms);
    }

    @Override
    public void leave(Collection<String> rooms) {
        itself.socketsLeave(rooms);
    }

    @Override
    public void disconnect(boolean close) {
        itself.disconnectSockets(close);
    }

    @Override
    public String toString() {
        return namespace.name() + " " + details;
    }
}
