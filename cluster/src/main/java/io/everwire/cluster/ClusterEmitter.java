package io.everwire.cluster;

import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.ClusterContext;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends to the clients of a cluster from a process without a server, as {@code @socket.io/redis-emitter} does. Immutable: {@link #to},
 * {@link #except} and the flags return another emitter. Any thread may use it.
 *
 * <p>Each result is done when the line has taken the message. It fails if the line was not connected for longer than {@link
 * ClusterOptions.Builder#maxOutboxAge}; nobody knows how many clients a message reached.
 */
public final class ClusterEmitter implements AutoCloseable {
    /** The uid of emitters (@socket.io/redis-emitter 5.1.0, UID). */
    private static final String UID = "emitter";

    private final ClusterOptions options;
    private final Line line;
    private final Outbox outbox;
    private final JsonCodec codec;
    private final String namespace;
    private final BroadcastOptions to;

    private ClusterEmitter(
            ClusterOptions options, Line line, Outbox outbox, JsonCodec codec, String namespace, BroadcastOptions to) {
        this.options = options;
        this.line = line;
        this.outbox = outbox;
        this.codec = codec;
        this.namespace = namespace;
        this.to = to;
    }

    /**
     * Returns an emitter for the namespace {@code /}, and connects its line.
     *
     * @throws IllegalStateException if no JSON codec is on the class or module path
     */
    public static ClusterEmitter create(ClusterOptions options, Line line, ClusterContext context) {
        JsonCodec codec = ServiceLoader.load(JsonCodec.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no JsonCodec found: add the module everwire-jackson"));
        Outbox outbox = new Outbox(line, context, options, lost -> {});
        line.start(
                new Line.Listener() {
                    @Override
                    public void received(Subscription subscription, String channel, Bytes message) {}

                    @Override
                    public void stateChanged(boolean connected) {
                        outbox.open(connected);
                    }
                },
                context);
        return new ClusterEmitter(options, line, outbox, codec, Packet.ROOT, BroadcastOptions.EVERYBODY);
    }

    /** Returns an emitter for a namespace. A leading slash is added if missing. */
    public ClusterEmitter of(String name) {
        return new ClusterEmitter(options, line, outbox, codec, name.startsWith("/") ? name : "/" + name, to);
    }

    /** Returns an emitter that also chooses the sockets in these rooms. */
    public ClusterEmitter to(String... rooms) {
        return with(to.to(List.of(rooms)));
    }

    /** Does the same as {@link #to}. */
    public ClusterEmitter in(String... rooms) {
        return to(rooms);
    }

    /** Returns an emitter that leaves out the sockets in these rooms. */
    public ClusterEmitter except(String... rooms) {
        return with(to.except(List.of(rooms)));
    }

    /** Returns an emitter of volatile events. */
    public ClusterEmitter asVolatile() {
        return with(to.asVolatile());
    }

    /** Returns an emitter of events that are compressed where the transport can, or not at all. */
    public ClusterEmitter compress(boolean compress) {
        return with(to.compress(compress));
    }

    private ClusterEmitter with(BroadcastOptions changed) {
        return new ClusterEmitter(options, line, outbox, codec, namespace, changed);
    }

    /**
     * Sends an event to the clients.
     *
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     * @throws IllegalArgumentException if an argument beside binary data looks like a placeholder of it
     */
    public CompletableFuture<Void> emit(String event, @Nullable Object... args) {
        Packet.Event packet = MessageParts.written(namespace, event, args, codec);
        return publish(
                options.sharded()
                        ? sharded().encode(new ClusterMessage.Broadcast(packet, to))
                        : classic().broadcast(UID, packet, to));
    }

    /** Adds the sockets to rooms. */
    public CompletableFuture<Void> socketsJoin(String... rooms) {
        return rooms(2, List.of(rooms));
    }

    /** Removes the sockets from rooms. */
    public CompletableFuture<Void> socketsLeave(String... rooms) {
        return rooms(3, List.of(rooms));
    }

    private CompletableFuture<Void> rooms(int type, Collection<String> rooms) {
        Set<String> names = new LinkedHashSet<>(rooms);
        if (options.sharded()) {
            return publish(sharded()
                    .encode(type == 2 ? new ClusterMessage.Join(to, names) : new ClusterMessage.Leave(to, names)));
        }
        return publish(classic().request(ClassicWire.rooms(null, type, to, names)));
    }

    /**
     * Disconnects the sockets.
     *
     * @param close whether to close the connections of their clients, too
     */
    public CompletableFuture<Void> disconnectSockets(boolean close) {
        return publish(
                options.sharded()
                        ? sharded().encode(new ClusterMessage.Disconnect(to, close))
                        : classic().request(ClassicWire.disconnect(null, to, close)));
    }

    /** Sends an event to all servers. They do not answer. */
    public CompletableFuture<Void> serverSideEmit(String event, @Nullable Object... args) {
        Packet.Event packet = MessageParts.written(namespace, event, args, codec);
        return publish(
                options.sharded()
                        ? sharded().encode(new ClusterMessage.ServerEvent(null, packet))
                        : classic().request(ClassicWire.serverEvent(UID, null, packet)));
    }

    private ClassicWire classic() {
        return new ClassicWire(options, namespace, UID);
    }

    private ShardedWire sharded() {
        return new ShardedWire(options, namespace, UID);
    }

    private CompletableFuture<Void> publish(Wire.@Nullable Frame frame) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        if (frame == null) {
            // The message cannot name any of its rooms.
            result.complete(null);
        } else {
            outbox.publish(frame, result);
        }
        return result;
    }

    /** Closes the connection of this emitter and of all that were made of it, when its messages are handed over. */
    public CompletionStage<Void> closeAsync() {
        return outbox.drained().thenCompose(drained -> line.stop());
    }

    /** Closes the connection, at once. */
    @Override
    public void close() {
        line.stop();
    }
}
