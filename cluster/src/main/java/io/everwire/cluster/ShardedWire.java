package io.everwire.cluster;

import io.everwire.cluster.Subscription.Kind;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.msgpack.MsgpackWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire of {@code createShardedAdapter} in @socket.io/redis-adapter 8.3.0. This server subscribes as in mode {@code dynamic-private},
 * so that it
 * receives the messages of servers in every mode.
 */
final class ShardedWire implements Wire {
    private final ClusterOptions options;
    private final String namespace;
    private final String uid;
    private final String channel;
    private final ClusterCodec codec;

    /** The last bytes of the messages of this server, in JSON and in msgpack. */
    private final Bytes ownEnd;

    private final Bytes ownEndInMsgpack;

    /** @param uid the id of this server */
    ShardedWire(ClusterOptions options, String namespace, String uid) {
        this.options = options;
        this.namespace = namespace;
        this.uid = uid;
        this.channel = options.prefix() + "#" + namespace + "#";
        this.codec = new ClusterCodec(options, namespace, uid);
        Bytes end = new JsonWriter(64)
                .begin('{')
                .name("uid")
                .text(uid)
                .name("nsp")
                .text(namespace)
                .end('}')
                .done();
        Bytes msgpack = MsgpackWriter.write(end, List.of());
        this.ownEnd = end.slice(1, end.length());
        this.ownEndInMsgpack = msgpack.slice(1, msgpack.length());
    }

    @Override
    public List<Subscription> subscriptions() {
        return List.of(everyServer(), itself());
    }

    @Override
    public @Nullable Subscription ofRoom(String room) {
        return MessageParts.fitsChannel(room) ? Subscription.shard(channel + room + "#") : null;
    }

    @Override
    public Subscription everyServer() {
        return Subscription.shard(channel);
    }

    @Override
    public Subscription itself() {
        return Subscription.shard(channel + uid + "#");
    }

    @Override
    public String newRequestId() {
        return MessageParts.randomHex();
    }

    @Override
    public @Nullable String room(String name) {
        return null;
    }

    @Override
    public @Nullable Frame encode(ClusterMessage message) {
        Content content = codec.encode(message);
        if (content == null) {
            return null;
        }
        boolean droppable = false;
        String to = channel;
        if (message instanceof ClusterMessage.Broadcast broadcast) {
            droppable = broadcast.to().isVolatile();
            String room = MessageParts.onlyRoom(broadcast.to().rooms());
            to = room == null || !hasChannel(room) ? channel : channel + room + "#";
        }
        return new Frame(Kind.SHARD, to, content.shortest(), droppable);
    }

    /** Returns whether servers in the configured mode subscribe to the channel of a room. */
    private boolean hasChannel(String room) {
        return switch (options.subscriptionMode()) {
            case STATIC -> false;
            // The ids of clients 1.x and 2.x on Node begin with the namespace: they are longer, but have no channel
            // either.
            case DYNAMIC ->
                room.length() != MessageParts.ID_LENGTH
                        && (namespace.equals(Packet.ROOT) || !room.startsWith(namespace + "#"));
            case DYNAMIC_PRIVATE -> true;
        };
    }

    @Override
    public @Nullable Frame encode(ClusterMessage.Response response, String to) {
        Content content = codec.encode(response);
        return content == null ? null : new Frame(Kind.SHARD, channel + to + "#", content.shortest(), false);
    }

    @Override
    public boolean isOwn(Bytes message) {
        return MessageParts.ends(message, ownEnd) || MessageParts.ends(message, ownEndInMsgpack);
    }

    @Override
    public @Nullable Received decode(String name, Bytes bytes) {
        return name.startsWith(channel) ? codec.decode(Content.read(bytes, options)) : null;
    }
}
