package io.everwire.cluster;

import io.everwire.adapter.BroadcastOptions;
import io.everwire.cluster.ClusterMessage.BroadcastCall;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of {@code ClusterAdapter} in socket.io-adapter 2.5.9, which several Node adapters share: {@code {type, data, uid, nsp}}.
 * The types are those of its {@code MessageType}.
 */
final class ClusterCodec {
    private static final int INITIAL_HEARTBEAT = 1;
    private static final int HEARTBEAT = 2;
    private static final int BROADCAST = 3;
    private static final int JOIN = 4;
    private static final int LEAVE = 5;
    private static final int DISCONNECT = 6;
    private static final int FETCH = 7;
    private static final int SOCKETS = 8;
    private static final int SERVER_EVENT = 9;
    private static final int SERVER_REPLY = 10;
    private static final int CLIENT_COUNT = 11;
    private static final int CLIENT_ACK = 12;
    private static final int CLOSED = 13;

    private final ClusterOptions options;
    private final String namespace;
    private final String uid;

    /** @param uid the id of this server */
    ClusterCodec(ClusterOptions options, String namespace, String uid) {
        this.options = options;
        this.namespace = namespace;
        this.uid = uid;
    }

    /** Returns the content of a message, or null if the codec has no such message. */
    @Nullable
    Content encode(ClusterMessage message) {
        if (message instanceof ClusterMessage.Broadcast broadcast) {
            return broadcast(broadcast.packet(), broadcast.to(), null, 0);
        } else if (message instanceof BroadcastCall call) {
            return broadcast(call.packet(), call.to(), call.requestId(), call.timeoutMillis());
        } else if (message instanceof ClusterMessage.Join join) {
            JsonWriter out = begin(JOIN);
            MessageParts.options(out.name("opts"), join.to(), 0);
            return end(out.name("rooms").texts(join.rooms()), List.of());
        } else if (message instanceof ClusterMessage.Leave leave) {
            JsonWriter out = begin(LEAVE);
            MessageParts.options(out.name("opts"), leave.to(), 0);
            return end(out.name("rooms").texts(leave.rooms()), List.of());
        } else if (message instanceof ClusterMessage.Disconnect disconnect) {
            JsonWriter out = begin(DISCONNECT);
            MessageParts.options(out.name("opts"), disconnect.to(), 0);
            return end(out.name("close").bool(disconnect.close()), List.of());
        } else if (message instanceof ClusterMessage.Fetch fetch) {
            JsonWriter out = begin(FETCH);
            MessageParts.options(out.name("opts"), fetch.to(), 0);
            return end(out.name("requestId").text(fetch.requestId()), List.of());
        } else if (message instanceof ClusterMessage.CountSockets count) {
            return count(count);
        } else if (message instanceof ClusterMessage.ServerEvent event) {
            JsonWriter out = begin(SERVER_EVENT);
            String requestId = event.requestId();
            if (requestId != null) {
                out.name("requestId").text(requestId);
            }
            out.name("packet").value(event.event().data().json());
            return end(out, event.event().attachments());
        } else if (message instanceof ClusterMessage.Response response) {
            return response(response);
        } else if (message instanceof ClusterMessage.Heartbeat heartbeat) {
            return sign(heartbeat.first() ? INITIAL_HEARTBEAT : HEARTBEAT);
        } else if (message instanceof ClusterMessage.Closed) {
            return sign(CLOSED);
        }
        return null;
    }

    private @Nullable Content broadcast(
            Packet packet, BroadcastOptions chosen, @Nullable String requestId, long timeoutMillis) {
        List<Bytes> attachments = MessageParts.attachments(packet);
        BroadcastOptions to = attachments.isEmpty() ? chosen : MessageParts.inUtf8(chosen);
        if (to == null) {
            return null;
        }
        JsonArray data = MessageParts.data(packet);
        JsonWriter out = begin(BROADCAST).name("packet").begin('{');
        out.name("type")
                .number(MessageParts.EVENT)
                .name("data")
                .value(data.json())
                .end('}');
        if (requestId != null) {
            out.name("requestId").text(requestId);
        }
        MessageParts.options(out.name("opts"), to, timeoutMillis);
        return end(out, attachments);
    }

    private @Nullable Content response(ClusterMessage.Response response) {
        if (response instanceof ClusterMessage.Sockets sockets) {
            JsonWriter out = begin(SOCKETS).name("requestId").text(sockets.requestId());
            out.name("sockets").begin('[');
            sockets.sockets().forEach(socket -> MessageParts.socket(out, socket, options.handshakeHeaders()));
            return end(out.end(']'), List.of());
        } else if (response instanceof ClusterMessage.ServerReply reply) {
            JsonWriter out = begin(SERVER_REPLY).name("requestId").text(reply.requestId());
            MessageParts.answer(out, "packet", reply.data());
            return end(out, reply.attachments());
        } else if (response instanceof ClusterMessage.ClientCount count) {
            JsonWriter out = begin(CLIENT_COUNT).name("requestId").text(count.requestId());
            return end(out.name("clientCount").number(count.count()), List.of());
        } else if (response instanceof ClusterMessage.ClientAck ack) {
            JsonWriter out = begin(CLIENT_ACK).name("requestId").text(ack.requestId());
            MessageParts.answer(out, "packet", ack.data());
            return end(out, ack.attachments());
        }
        return null;
    }

    private Content count(ClusterMessage.CountSockets count) {
        String room = count.room();
        JsonWriter out = begin(FETCH);
        MessageParts.options(
                out.name("opts"), new BroadcastOptions(room == null ? Set.of() : Set.of(room), Set.of()), 0);
        out.name("requestId").text(count.requestId()).end('}');
        out.name("uid").text(uid).name("nsp").text(namespace);
        return new Content(out.name(MessageParts.FOR_NODE).bool(true).end('}').done(), List.of());
    }

    private static JsonWriter begin(int type) {
        return new JsonWriter(256)
                .begin('{')
                .name("type")
                .number(type)
                .name("data")
                .begin('{');
    }

    private Content end(JsonWriter out, List<Bytes> attachments) {
        out.end('}').name("uid").text(uid).name("nsp").text(namespace).end('}');
        return new Content(out.done(), attachments);
    }

    private Content sign(int type) {
        JsonWriter out = new JsonWriter(64).begin('{').name("type").number(type);
        out.name("uid").text(uid).name("nsp").text(namespace).end('}');
        return new Content(out.done(), List.of());
    }

    /** Reads a message; see {@link Wire#decode}. */
    Wire.@Nullable Received decode(Content content) {
        Fields message = Fields.of(content.json());
        String sender = message.id("uid");
        String target = message.text("nsp");
        // Some emitters leave the namespace out: the channel has it.
        if (uid.equals(sender)
                || message.isTrue(MessageParts.FOR_NODE)
                || (target != null && !namespace.equals(target))) {
            return null;
        }
        ClusterMessage read =
                read((int) Math.min(message.number("type"), Integer.MAX_VALUE), message.object("data"), content);
        return read == null ? null : new Wire.Received(sender == null ? "" : sender, false, read);
    }

    private @Nullable ClusterMessage read(int type, Fields data, Content content) {
        int depth = options.maxDepth();
        List<Bytes> attachments = content.attachments();
        return switch (type) {
            case INITIAL_HEARTBEAT -> new ClusterMessage.Heartbeat(true);
            case HEARTBEAT -> new ClusterMessage.Heartbeat(false);
            case BROADCAST -> broadcast(data, attachments);
            case JOIN -> new ClusterMessage.Join(to(data), data.texts("rooms", options.maxRoomsPerMessage()));
            case LEAVE -> new ClusterMessage.Leave(to(data), data.texts("rooms", options.maxRoomsPerMessage()));
            case DISCONNECT -> new ClusterMessage.Disconnect(to(data), data.isTrue("close"));
            case FETCH -> new ClusterMessage.Fetch(data.requiredId("requestId"), to(data));
            case SOCKETS ->
                new ClusterMessage.Sockets(
                        data.requiredId("requestId"),
                        MessageParts.sockets(
                                data.list("sockets", MessageParts.MAX_SOCKETS),
                                attachments,
                                options.maxRoomsPerMessage()));
            case SERVER_EVENT ->
                new ClusterMessage.ServerEvent(
                        data.id("requestId"),
                        MessageParts.event(namespace, Fields.array(data.get("packet"), depth), attachments));
            case SERVER_REPLY ->
                new ClusterMessage.ServerReply(
                        data.requiredId("requestId"), MessageParts.answer(data, "packet", depth), attachments);
            case CLIENT_COUNT ->
                new ClusterMessage.ClientCount(data.requiredId("requestId"), (int)
                        Math.max(0, Math.min(data.number("clientCount"), Integer.MAX_VALUE)));
            case CLIENT_ACK ->
                new ClusterMessage.ClientAck(
                        data.requiredId("requestId"), MessageParts.answer(data, "packet", depth), attachments);
            case CLOSED -> new ClusterMessage.Closed();
            default -> null;
        };
    }

    private @Nullable ClusterMessage broadcast(Fields data, List<Bytes> attachments) {
        String requestId = data.id("requestId");
        Fields event = data.object("packet");
        if (requestId == null) {
            Packet packet = MessageParts.packet(namespace, event, attachments, options.maxDepth());
            return packet == null ? null : new ClusterMessage.Broadcast(packet, to(data));
        }
        Packet.Event packet = MessageParts.event(namespace, event, attachments, options.maxDepth());
        if (packet == null) {
            return null;
        }
        return new BroadcastCall(requestId, packet, to(data), MessageParts.timeoutMillis(data.object("opts"), options));
    }

    private BroadcastOptions to(Fields data) {
        return MessageParts.to(data.object("opts"), options.maxRoomsPerMessage());
    }
}
