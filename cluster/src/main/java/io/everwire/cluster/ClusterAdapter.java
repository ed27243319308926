package io.everwire.cluster;

import io.everwire.adapter.AckCollector;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.ClusterReplies;
import io.everwire.adapter.FetchedSockets;
import io.everwire.adapter.LocalSocket;
import io.everwire.adapter.LocalSockets;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.adapter.RestoredSession;
import io.everwire.adapter.RoomListener;
import io.everwire.adapter.SavedSession;
import io.everwire.adapter.SocketCount;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The adapter of one namespace: passes each call on to a memory adapter, and publishes it to the other servers. */
final class ClusterAdapter implements Adapter {
    private final ClusterAdapters cluster;
    private final ClusterContext context;
    private final String namespace;
    private final Wire wire;
    private final LocalSockets sockets;
    private final MemoryAdapter memory;
    private final Responder responder;
    private final Requests requests;
    private final Inbox inbox;
    private final boolean isRoot;

    /** The requests to Node servers for their numbers of sockets. The servers that answer others do not answer these. */
    private final Requests totals;

    private final NodeCounts nodeCounts;

    /** The subscriptions of rooms with sockets of this server, if the wire needs one for the room. */
    private final Map<String, CompletionStage<Void>> rooms = new ConcurrentHashMap<>();

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile boolean closed;

    ClusterAdapter(ClusterAdapters cluster, ClusterContext context, String namespace, Wire wire, LocalSockets sockets) {
        this.cluster = cluster;
        this.context = context;
        this.namespace = namespace;
        this.wire = wire;
        this.sockets = sockets;
        this.memory = new MemoryAdapter(sockets, new Rooms());
        this.responder = new Responder(memory);
        this.requests = new Requests(context);
        this.totals = new Requests(context);
        this.nodeCounts = new NodeCounts(
                cluster.options(),
                context,
                this::serverCount,
                () -> cluster.members().java(),
                this::countOnNode);
        this.isRoot = namespace.equals(Packet.ROOT);
        this.inbox = new Inbox(context, cluster.options().maxInboxBytes(), cluster::droppedIncoming, cluster::failed);
    }

    // Life

    @Override
    public void init() {
        CompletableFuture<?>[] all = wire.subscriptions().stream()
                .map(subscription -> cluster.subscribe(subscription, this).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        Runnable cancel = context.schedule(
                this::readyLate, cluster.options().readyTimeout().toMillis());
        CompletionStage<Void> subscribed = CompletableFuture.allOf(all);
        subscribed.whenComplete((done, failure) -> {
            if (failure == null) {
                cancel.run();
                ready.complete(null);
            }
        });
    }

    private void readyLate() {
        if (ready.complete(null)) {
            context.warn(
                    "readyTimeout",
                    "a namespace does not receive the events of other servers yet: its subscriptions take longer than"
                            + " readyTimeout, "
                            + cluster.options().readyTimeout().toMillis() + " ms");
        }
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public CompletionStage<Void> close() {
        closed = true;
        cluster.closed(namespace, this);
        requests.close();
        totals.close();
        wire.subscriptions().forEach(subscription -> cluster.unsubscribe(subscription, this));
        Set.copyOf(rooms.keySet()).forEach(this::forget);
        ready.complete(null);
        return cluster.drained();
    }

    /** Subscribes to the rooms of this server, where the wire needs it. Called while the room is locked. */
    private final class Rooms implements RoomListener {
        @Override
        public void joined(String room, String socketId) {
            if (!rooms.containsKey(room)) {
                Subscription subscription = wire.ofRoom(room);
                if (subscription != null && !closed) {
                    rooms.put(room, cluster.subscribe(subscription, ClusterAdapter.this));
                }
            }
        }

        @Override
        public void deleted(String room) {
            forget(room);
        }
    }

    private void forget(String room) {
        if (rooms.remove(room) != null) {
            Subscription subscription = wire.ofRoom(room);
            if (subscription != null) {
                cluster.unsubscribe(subscription, this);
            }
        }
    }

    // Calls of the server

    @Override
    public CompletionStage<Void> join(LocalSocket socket, Collection<String> joined) {
        memory.join(socket, joined);
        if (rooms.isEmpty()) {
            return DONE;
        }
        List<CompletableFuture<?>> pending = new ArrayList<>();
        for (String room : joined) {
            CompletionStage<Void> subscribed = rooms.get(room);
            if (subscribed != null) {
                pending.add(subscribed.toCompletableFuture());
            }
        }
        return pending.isEmpty() ? DONE : CompletableFuture.allOf(pending.toArray(new CompletableFuture<?>[0]));
    }

    @Override
    public void leave(LocalSocket socket, String room) {
        memory.leave(socket, room);
    }

    @Override
    public void leaveAll(LocalSocket socket) {
        memory.leaveAll(socket);
    }

    @Override
    public Set<String> rooms(LocalSocket socket) {
        return memory.rooms(socket);
    }

    @Override
    public Set<String> rooms() {
        return memory.rooms();
    }

    @Override
    public Collection<? extends LocalSocket> select(BroadcastOptions options) {
        return memory.select(options);
    }

    @Override
    public boolean reaches(BroadcastOptions options) {
        return !options.local() || memory.reaches(options);
    }

    @Override
    public void broadcast(Packet packet, BroadcastOptions options) {
        if (!options.local()) {
            publish(new ClusterMessage.Broadcast(packet, options));
        }
        memory.broadcast(packet, options);
    }

    @Override
    public CompletionStage<Void> broadcastWithAck(
            Packet.Event packet, BroadcastOptions options, long timeoutMillis, AckCollector collector) {
        CompletionStage<Void> here = memory.broadcastWithAck(packet, options, timeoutMillis, collector);
        if (options.local()) {
            return here;
        }
        String id = wire.newRequestId();
        Requests.Acks request = requests.new Acks(id, collector);
        request.start(this::serverCount, timeoutMillis);
        publish(new ClusterMessage.BroadcastCall(id, packet, options, timeoutMillis));
        return here.thenCompose(done -> request.result());
    }

    @Override
    public CompletionStage<FetchedSockets> fetchSockets(BroadcastOptions options) {
        CompletionStage<FetchedSockets> here = memory.fetchSockets(options);
        if (options.local()) {
            return here;
        }
        return here.thenCompose(found -> {
            String id = wire.newRequestId();
            Requests.Fetch request = requests.new Fetch(id, found.sockets());
            request.start(this::serverCount, cluster.options().requestTimeout().toMillis());
            publish(new ClusterMessage.Fetch(id, options));
            return request.result();
        });
    }

    @Override
    public CompletionStage<SocketCount> countSockets(BroadcastOptions options) {
        if (options.local()) {
            return memory.countSockets(options);
        } else if (options.rooms().size() > 1 || !options.except().isEmpty()) {
            return Adapter.super.countSockets(options);
        }
        String room =
                options.rooms().isEmpty() ? null : options.rooms().iterator().next();
        if (cluster.isDown()) {
            int others = Math.max(1, cluster.state().servers() - 1);
            return CompletableFuture.completedStage(new SocketCount(localCount(room), others));
        }
        CompletionStage<SocketCount> all = cluster.counts()
                .count(new RoomCounts.Key(namespace, room))
                .thenCompose(java -> nodeCounts
                        .count(room, java)
                        .thenApply(node -> new SocketCount(
                                localCount(room) + java.sockets() + node.sockets(), java.missing() + node.missing())));
        // The threads of the line run no code of the application.
        return all.toCompletableFuture().isDone() ? all : all.thenApplyAsync(count -> count, context::execute);
    }

    /** Returns the number of sockets of this server in a room; null stands for all. */
    int localCount(@Nullable String room) {
        return memory.select(room == null ? BroadcastOptions.EVERYBODY : new BroadcastOptions(Set.of(room), Set.of()))
                .size();
    }

    private CompletionStage<SocketCount> countOnNode(@Nullable String room, int servers) {
        if (servers <= 0) {
            return CompletableFuture.completedStage(new SocketCount(0, 0));
        }
        String id = wire.newRequestId();
        Requests.Total request = totals.new Total(id);
        request.start(
                () -> CompletableFuture.completedStage(servers + 1),
                cluster.options().requestTimeout().toMillis());
        publish(new ClusterMessage.CountSockets(id, room));
        return request.result();
    }

    @Override
    public CompletionStage<ClusterReplies> serverSideCall(Packet.Event event, long timeoutMillis) {
        String id = wire.newRequestId();
        Requests.Replies request = requests.new Replies(id);
        // An answer may arrive before publish() returns.
        request.start(this::serverCount, timeoutMillis);
        publish(new ClusterMessage.ServerEvent(id, event));
        return request.result();
    }

    @Override
    public void serverSideEmit(Packet.Event event) {
        publish(new ClusterMessage.ServerEvent(null, event));
    }

    @Override
    public CompletionStage<Integer> serverCount() {
        return cluster.subscribers(wire.everyServer());
    }

    // Applied here at once: a Node server waits for its own message to come back, and so misses events that follow.

    @Override
    public void addSockets(BroadcastOptions options, Collection<String> joined) {
        if (!options.local()) {
            publish(new ClusterMessage.Join(options, new LinkedHashSet<>(joined)));
        }
        memory.addSockets(options, joined);
    }

    @Override
    public void delSockets(BroadcastOptions options, Collection<String> left) {
        if (!options.local()) {
            publish(new ClusterMessage.Leave(options, new LinkedHashSet<>(left)));
        }
        memory.delSockets(options, left);
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        if (!options.local()) {
            publish(new ClusterMessage.Disconnect(options, close));
        }
        memory.disconnectSockets(options, close);
    }

    @Override
    public void persistSession(SavedSession session) {
        memory.persistSession(session);
    }

    @Override
    public CompletionStage<@Nullable RestoredSession> restoreSession(String pid, String offset) {
        return memory.restoreSession(pid, offset);
    }

    private void publish(ClusterMessage message) {
        cluster.publish(wire.encode(message));
    }

    private void respond(String to, ClusterMessage.Response response) {
        cluster.publish(wire.encode(response, to));
    }

    // Messages of other servers

    /** Queues a message. Called on the thread of the line. */
    void received(String channel, Bytes message) {
        // While nothing is queued, no message before this one can still join the room: it need not wait for its turn.
        if (!closed && !wire.isOwn(message) && !(inbox.isIdle() && isForOthers(channel))) {
            inbox.add(() -> handle(channel, message), message.length());
        }
    }

    /** Returns whether a message is for a room without a socket of this server: it need not be read then. */
    private boolean isForOthers(String channel) {
        String room = wire.room(channel);
        return room != null && !memory.reaches(new BroadcastOptions(Set.of(room), Set.of()));
    }

    private void handle(String channel, Bytes message) {
        if (isForOthers(channel)) {
            return;
        }
        try {
            Wire.Received received = wire.decode(channel, message);
            if (received != null) {
                if (isRoot) {
                    // The adapters of a Node server have an id for each namespace.
                    cluster.members().message(received.uid(), received.old(), context.now());
                }
                handle(received.uid(), received.message());
            }
        } catch (ProtocolException unreadable) {
            ReachedLimit limit = unreadable.limit();
            cluster.unreadable(limit == null ? "message" : limit.option(), String.valueOf(unreadable.getMessage()));
        }
    }

    private void handle(String uid, ClusterMessage message) {
        if (message instanceof ClusterMessage.Broadcast broadcast) {
            memory.broadcast(broadcast.packet(), broadcast.to());
        } else if (message instanceof ClusterMessage.Response response) {
            // Each knows its own.
            requests.receive(namespace, uid, response);
            totals.receive(namespace, uid, response);
        } else if (message instanceof ClusterMessage.BroadcastCall call) {
            memory.broadcastWithAck(
                    call.packet(), call.to(), call.timeoutMillis(), new RemoteCollector(uid, call.requestId()));
        } else if (message instanceof ClusterMessage.Join join) {
            join(join);
        } else if (message instanceof ClusterMessage.Leave leave) {
            memory.delSockets(leave.to(), leave.rooms());
        } else if (message instanceof ClusterMessage.Disconnect disconnect) {
            memory.disconnectSockets(disconnect.to(), disconnect.close());
        } else if (message instanceof ClusterMessage.ServerEvent event) {
            sockets.serverSideEvent(event.event(), reply(uid, event.requestId()));
        } else {
            responder.answer(message, response -> respond(uid, response));
        }
    }

    /** Joins rooms. A socket that has reached a limit keeps none of the others from joining. */
    private void join(ClusterMessage.Join join) {
        RuntimeException reached = null;
        for (LocalSocket socket : List.copyOf(memory.select(join.to()))) {
            try {
                socket.join(join.rooms());
            } catch (IllegalStateException limit) {
                reached = limit;
            }
        }
        if (reached != null) {
            cluster.failed(reached);
        }
    }

    private @Nullable Consumer<Packet.Ack> reply(String uid, @Nullable String requestId) {
        return requestId == null
                ? null
                : ack -> respond(uid, new ClusterMessage.ServerReply(requestId, ack.data(), ack.attachments()));
    }

    /** Sends the acks of clients of this server to the server that asked for them, without their ids, as Node does. */
    private final class RemoteCollector implements AckCollector {
        private final String uid;
        private final String requestId;

        RemoteCollector(String uid, String requestId) {
            this.uid = uid;
            this.requestId = requestId;
        }

        @Override
        public void asked(int count) {
            respond(uid, new ClusterMessage.ClientCount(requestId, count));
        }

        @Override
        public void answered(String socketId, JsonArray data, List<Bytes> attachments) {
            respond(uid, new ClusterMessage.ClientAck(requestId, data, attachments));
        }

        @Override
        public void missed(String socketId) {}

        @Override
        public void answeredElsewhere(JsonArray data, List<Bytes> attachments) {}

        @Override
        public void missedElsewhere(int count) {}
    }
}
