package io.everwire.cluster;

import io.everwire.adapter.BroadcastOptions;
import io.everwire.cluster.ClusterMessage.BroadcastCall;
import io.everwire.cluster.Subscription.Kind;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The wire of {@code createAdapter} in @socket.io/redis-adapter 8.3.0, and of the emitters that write for it. The types of requests are
 * those of its {@code RequestType}.
 */
final class ClassicWire implements Wire {
    private static final int LIST_IDS = 0;
    private static final int LIST_ROOMS = 1;
    private static final int JOIN = 2;
    private static final int LEAVE = 3;
    private static final int DISCONNECT = 4;
    private static final int FETCH = 5;
    private static final int SERVER_EVENT = 6;
    private static final int BROADCAST_CALL = 7;
    private static final int CLIENT_COUNT = 8;
    private static final int CLIENT_ACK = 9;

    private static final Bytes NULL = Bytes.utf8("null");

    /** The length of uids and request ids. */
    static final int ID_LENGTH = 6;

    private final ClusterOptions options;
    private final String namespace;
    private final String uid;
    private final String broadcastChannel;
    private final String requestChannel;
    private final String responseChannel;

    /** The first bytes of the messages of this server: of broadcasts in msgpack, and of requests in JSON. */
    private final Bytes ownBroadcast;

    private final Bytes ownRequest;

    /** @param uid the id of this server */
    ClassicWire(ClusterOptions options, String namespace, String uid) {
        this.options = options;
        this.namespace = namespace;
        this.uid = uid;
        this.broadcastChannel = options.prefix() + "#" + namespace + "#";
        this.requestChannel = options.prefix() + "-request#" + namespace + "#";
        this.responseChannel = options.prefix() + "-response#" + namespace + "#";
        this.ownBroadcast = BroadcastWriter.head(uid);
        this.ownRequest = new JsonWriter(32).begin('{').name("uid").text(uid).done();
    }

    @Override
    public List<Subscription> subscriptions() {
        List<Subscription> all = new ArrayList<>();
        String pattern = MessageParts.escapeGlob(broadcastChannel);
        if (options.exactSubscriptions()) {
            all.add(Subscription.channel(broadcastChannel));
            // The rooms of the ids of sockets, without a subscription for each: a question mark matches one byte.
            all.add(Subscription.pattern(pattern + "?".repeat(MessageParts.ID_LENGTH) + "#"));
        } else {
            all.add(Subscription.pattern(pattern + "*"));
        }
        all.add(everyServer());
        // A server that answers chooses the channel, so this one receives both.
        all.add(Subscription.channel(responseChannel));
        all.add(itself());
        return all;
    }

    @Override
    public @Nullable Subscription ofRoom(String room) {
        boolean matched = room.getBytes(StandardCharsets.UTF_8).length == MessageParts.ID_LENGTH;
        return options.exactSubscriptions() && !matched && MessageParts.fitsChannel(room)
                ? Subscription.channel(broadcastChannel + room + "#")
                : null;
    }

    @Override
    public Subscription everyServer() {
        return Subscription.channel(requestChannel);
    }

    @Override
    public Subscription itself() {
        return Subscription.channel(responseChannel + uid + "#");
    }

    @Override
    public String newRequestId() {
        return MessageParts.randomText(ID_LENGTH);
    }

    @Override
    public @Nullable String room(String channel) {
        return channel.startsWith(broadcastChannel) && channel.length() > broadcastChannel.length()
                ? channel.substring(broadcastChannel.length(), channel.length() - 1)
                : null;
    }

    // Writing

    @Override
    public @Nullable Frame encode(ClusterMessage message) {
        if (message instanceof ClusterMessage.Broadcast broadcast) {
            return broadcast(uid, broadcast.packet(), broadcast.to());
        } else if (message instanceof BroadcastCall call) {
            Content content = call(call);
            return content == null ? null : request(content.shortest());
        } else if (message instanceof ClusterMessage.Join join) {
            return request(rooms(uid, JOIN, join.to(), join.rooms()));
        } else if (message instanceof ClusterMessage.Leave leave) {
            return request(rooms(uid, LEAVE, leave.to(), leave.rooms()));
        } else if (message instanceof ClusterMessage.Disconnect disconnect) {
            return request(disconnect(uid, disconnect.to(), disconnect.close()));
        } else if (message instanceof ClusterMessage.Fetch fetch) {
            JsonWriter out = begin(uid, fetch.requestId(), FETCH).name("opts");
            MessageParts.choice(out, fetch.to());
            return request(out.end('}').done());
        } else if (message instanceof ClusterMessage.CountSockets count) {
            return request(count(count));
        } else if (message instanceof ClusterMessage.ServerEvent event) {
            return request(serverEvent(uid, event.requestId(), event.event()));
        }
        return null;
    }

    /**
     * Writes a broadcast: to the channel of a room if it is for one room alone. Null if no room can be written.
     *
     * @param sender the uid
     */
    @Nullable
    Frame broadcast(String sender, Packet packet, BroadcastOptions chosen) {
        BroadcastOptions to = MessageParts.inUtf8(chosen);
        if (to == null) {
            return null;
        }
        Bytes content = BroadcastWriter.write(sender, namespace, packet, to);
        String room = MessageParts.onlyRoom(to.rooms());
        String channel = room == null ? broadcastChannel : broadcastChannel + room + "#";
        return new Frame(Kind.CHANNEL, channel, content, to.isVolatile());
    }

    private @Nullable Content call(BroadcastCall call) {
        List<Bytes> attachments = MessageParts.attachments(call.packet());
        BroadcastOptions to = attachments.isEmpty() ? call.to() : MessageParts.inUtf8(call.to());
        if (to == null) {
            return null;
        }
        JsonArray data = MessageParts.data(call.packet());
        JsonWriter out = begin(uid, call.requestId(), BROADCAST_CALL).name("packet");
        packet(out, data);
        out.name("opts");
        MessageParts.options(out, to, call.timeoutMillis());
        return new Content(out.end('}').done(), attachments);
    }

    private void packet(JsonWriter out, JsonArray data) {
        out.begin('{').name("type").number(MessageParts.EVENT).name("data").value(data.json());
        out.name("nsp").text(namespace).end('}');
    }

    /** Writes a request to join or leave rooms. */
    static Bytes rooms(@Nullable String sender, int type, BroadcastOptions to, Set<String> rooms) {
        JsonWriter out = begin(sender, null, type).name("opts");
        MessageParts.choice(out, to);
        return out.name("rooms").texts(rooms).end('}').done();
    }

    /** Writes a request to disconnect sockets. */
    static Bytes disconnect(@Nullable String sender, BroadcastOptions to, boolean close) {
        JsonWriter out = begin(sender, null, DISCONNECT).name("opts");
        MessageParts.choice(out, to);
        return out.name("close").bool(close).end('}').done();
    }

    /** Writes an event for servers. */
    static Bytes serverEvent(@Nullable String sender, @Nullable String requestId, Packet.Event event) {
        JsonWriter out = begin(sender, requestId, SERVER_EVENT)
                .name("data")
                .value(event.data().json());
        return new Content(out.end('}').done(), event.attachments()).shortest();
    }

    /**
     * Writes a request for the ids of sockets. The type has the same number for Socket.IO 2 and 4, and each finds the request id under
     * its own name.
     */
    private Bytes count(ClusterMessage.CountSockets count) {
        JsonWriter out =
                begin(uid, count.requestId(), LIST_IDS).name("requestid").text(count.requestId());
        String room = count.room();
        out.name("rooms").texts(room == null ? List.of() : List.of(room));
        return out.name(MessageParts.FOR_NODE).bool(true).end('}').done();
    }

    private static JsonWriter begin(@Nullable String sender, @Nullable String requestId, int type) {
        JsonWriter out = new JsonWriter(256).begin('{');
        if (sender != null) {
            out.name("uid").text(sender);
        }
        if (requestId != null) {
            out.name("requestId").text(requestId);
        }
        return out.name("type").number(type);
    }

    /** Returns a message for the channel of requests. */
    Frame request(Bytes message) {
        return new Frame(Kind.CHANNEL, requestChannel, message, false);
    }

    @Override
    public @Nullable Frame encode(ClusterMessage.Response response, String to) {
        JsonWriter out = new JsonWriter(256).begin('{');
        List<Bytes> attachments = List.of();
        if (response instanceof ClusterMessage.Sockets sockets) {
            out.name("requestId").text(sockets.requestId()).name("sockets").begin('[');
            sockets.sockets().forEach(socket -> MessageParts.socket(out, socket, options.handshakeHeaders()));
            out.end(']');
        } else if (response instanceof ClusterMessage.ServerReply reply) {
            out.name("type").number(SERVER_EVENT).name("requestId").text(reply.requestId());
            MessageParts.answer(out, "data", reply.data());
            attachments = reply.attachments();
        } else if (response instanceof ClusterMessage.ClientCount count) {
            out.name("type").number(CLIENT_COUNT).name("requestId").text(count.requestId());
            out.name("clientCount").number(count.count());
        } else if (response instanceof ClusterMessage.ClientAck ack) {
            out.name("type").number(CLIENT_ACK).name("requestId").text(ack.requestId());
            MessageParts.answer(out, "packet", ack.data());
            attachments = ack.attachments();
        } else if (response instanceof ClusterMessage.Names names) {
            out.name(names.old() ? "requestid" : "requestId").text(names.requestId());
            if (names.member().equals("data")) {
                out.name("data").value(NULL);
            } else if (!names.member().isEmpty()) {
                out.name(names.member()).texts(names.names());
            }
        }
        out.name("uid").text(uid).end('}');
        // Node publishes the reply of a server on the common channel always (index.ts, SERVER_SIDE_EMIT).
        boolean specific = options.publishOnSpecificResponseChannel()
                && !to.isEmpty()
                && !(response instanceof ClusterMessage.ServerReply);
        String channel = specific ? responseChannel + to + "#" : responseChannel;
        return new Frame(Kind.CHANNEL, channel, new Content(out.done(), attachments).shortest(), false);
    }

    // Reading

    @Override
    public boolean isOwn(Bytes message) {
        return MessageParts.begins(message, ownBroadcast) || MessageParts.begins(message, ownRequest);
    }

    @Override
    public @Nullable Received decode(String channel, Bytes bytes) {
        if (channel.startsWith(broadcastChannel)) {
            return readBroadcast(Content.read(bytes, options));
        } else if (channel.equals(requestChannel)) {
            return readRequest(Content.read(bytes, options));
        } else if (channel.startsWith(responseChannel)) {
            return readResponse(Content.read(bytes, options));
        }
        return null;
    }

    private @Nullable Received readBroadcast(Content content) {
        JsonArray parts = Fields.array(content.json(), options.maxDepth());
        if (parts.size() < 2) {
            throw Fields.malformed("an incomplete broadcast");
        }
        String sender = Fields.id(parts.element(0));
        Fields packet = Fields.of(parts.element(1));
        String target = packet.text("nsp");
        if (uid.equals(sender) || !namespace.equals(target == null ? Packet.ROOT : target)) {
            return null;
        }
        boolean chosen = parts.size() > 2 && parts.element(2).at(0) == '{';
        BroadcastOptions to = chosen
                ? MessageParts.to(Fields.of(parts.element(2)), options.maxRoomsPerMessage())
                : BroadcastOptions.EVERYBODY;
        Packet event = MessageParts.packet(namespace, packet, content.attachments(), options.maxDepth());
        // Socket.IO 4 always writes "except" (socket.io-adapter 2.5.9), Socket.IO 2 only for a socket's own broadcast.
        boolean old = chosen && !Fields.of(parts.element(2)).has("except");
        return event == null
                ? null
                : new Received(sender == null ? "" : sender, old, new ClusterMessage.Broadcast(event, to));
    }

    private @Nullable Received readRequest(Content content) {
        Fields request = Fields.of(content.json());
        String sender = request.id("uid");
        if (uid.equals(sender) || request.isTrue(MessageParts.FOR_NODE)) {
            return null;
        }
        boolean old = OldRequests.isOld(request);
        ClusterMessage message = old
                ? OldRequests.read(request, options.maxRoomsPerMessage())
                : request((int) Math.min(request.number("type"), Integer.MAX_VALUE), request, content);
        return message == null ? null : new Received(sender == null ? "" : sender, old, message);
    }

    private @Nullable ClusterMessage request(int type, Fields request, Content content) {
        if (type >= JOIN && type <= DISCONNECT && request.get("opts") == null) {
            return single(type, request);
        }
        String requestId = request.id("requestId");
        return switch (type) {
            case LIST_IDS ->
                new ClusterMessage.ListIds(
                        request.requiredId("requestId"),
                        new BroadcastOptions(request.texts("rooms", options.maxRoomsPerMessage()), Set.of()),
                        false);
            case LIST_ROOMS -> new ClusterMessage.ListRooms(request.requiredId("requestId"), false);
            case JOIN -> new ClusterMessage.Join(to(request), request.texts("rooms", options.maxRoomsPerMessage()));
            case LEAVE -> new ClusterMessage.Leave(to(request), request.texts("rooms", options.maxRoomsPerMessage()));
            case DISCONNECT -> new ClusterMessage.Disconnect(to(request), request.isTrue("close"));
            case FETCH -> new ClusterMessage.Fetch(request.requiredId("requestId"), to(request));
            case SERVER_EVENT ->
                new ClusterMessage.ServerEvent(
                        requestId,
                        MessageParts.event(
                                namespace,
                                Fields.array(request.get("data"), options.maxDepth()),
                                content.attachments()));
            case BROADCAST_CALL -> call(request, content);
            default -> null;
        };
    }

    private @Nullable ClusterMessage call(Fields request, Content content) {
        Fields packet = request.object("packet");
        Packet.Event event = MessageParts.event(namespace, packet, content.attachments(), options.maxDepth());
        if (event == null) {
            return null;
        }
        return new BroadcastCall(
                request.requiredId("requestId"),
                event,
                to(request),
                MessageParts.timeoutMillis(request.object("opts"), options));
    }

    private BroadcastOptions to(Fields request) {
        return MessageParts.to(request.object("opts"), options.maxRoomsPerMessage());
    }

    /** Reads a request without a choice of sockets, as socket.io-redis 6 writes it: it concerns one socket. */
    private static ClusterMessage single(int type, Fields request) {
        ClusterMessage.SingleRequest.Action action = switch (type) {
            case JOIN -> ClusterMessage.SingleRequest.Action.JOIN;
            case LEAVE -> ClusterMessage.SingleRequest.Action.LEAVE;
            default -> ClusterMessage.SingleRequest.Action.DISCONNECT;
        };
        return new ClusterMessage.SingleRequest(
                request.id("requestId"),
                false,
                action,
                request.required("sid"),
                type == DISCONNECT ? "" : request.required("room"),
                request.isTrue("close"));
    }

    private @Nullable Received readResponse(Content content) {
        Fields response = Fields.of(content.json());
        boolean old = !response.has("requestId");
        String requestId = response.id(old ? "requestid" : "requestId");
        String sender = response.id("uid");
        if (requestId == null || uid.equals(sender)) {
            return null;
        }
        ClusterMessage message = old
                ? total(requestId, response.get("clients"))
                : response((int) Math.min(response.number("type"), Integer.MAX_VALUE), requestId, response, content);
        return message == null ? null : new Received(sender == null ? "" : sender, old, message);
    }

    private @Nullable ClusterMessage response(int type, String requestId, Fields response, Content content) {
        if (type == CLIENT_COUNT) {
            long count = Math.max(0, Math.min(response.number("clientCount"), Integer.MAX_VALUE));
            return new ClusterMessage.ClientCount(requestId, (int) count);
        } else if (type == CLIENT_ACK) {
            JsonArray answer = MessageParts.answer(response, "packet", options.maxDepth());
            return new ClusterMessage.ClientAck(requestId, answer, content.attachments());
        } else if (type == SERVER_EVENT) {
            JsonArray answer = MessageParts.answer(response, "data", options.maxDepth());
            return new ClusterMessage.ServerReply(requestId, answer, content.attachments());
        }
        List<Bytes> sockets = response.list("sockets", MessageParts.MAX_SOCKETS);
        if (sockets.isEmpty() ? response.has("sockets") : sockets.get(0).at(0) == '{') {
            return new ClusterMessage.Sockets(
                    requestId, MessageParts.sockets(sockets, content.attachments(), options.maxRoomsPerMessage()));
        }
        return total(requestId, response.get("sockets"));
    }

    /** Counts the ids of sockets in an answer. */
    private static @Nullable ClusterMessage total(String requestId, @Nullable Bytes ids) {
        return ids == null || ids.at(0) != '[' ? null : new ClusterMessage.Total(requestId, Fields.size(ids));
    }
}
