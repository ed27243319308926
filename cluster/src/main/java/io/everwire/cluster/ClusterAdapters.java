package io.everwire.cluster;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.ClusterState;
import io.everwire.adapter.ClusterState.Health;
import io.everwire.adapter.LocalSockets;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ProtocolException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The factory of the adapters of one server in a cluster. It owns the line, the subscriptions and the outgoing messages of all
 * namespaces, and watches whether messages arrive.
 *
 * <p>Every {@code heartbeatInterval} the server sends a heartbeat to all Java servers, itself included. If it does not come back before
 * the next one, the state is {@code DEGRADED}: the line is connected, but does not deliver. If the line did not even take it, the state is
 * {@code DOWN}.
 */
public final class ClusterAdapters implements Adapter.Factory, Line.Listener {
    /** The namespace that every server has. */
    private static final String ROOT = "/";

    /**
     * The longest time that queued messages wait for other servers that connect again, in milliseconds. The client library ioredis of
     * Node servers waits up to 2 s between two attempts.
     */
    private static final long LONGEST_WAIT = 3_000;

    /** The time between two counts of them, in milliseconds. */
    private static final long RECOUNT = 100;

    private final ClusterOptions options;
    private final Line line;
    private final String uid;
    private final Wire root;
    private final Subscription ownChannel;
    private final SubscriptionTable subscriptions;
    private final Members members = new Members();
    private final Map<String, ClusterAdapter> adapters = new ConcurrentHashMap<>();
    private final AtomicLong received = new AtomicLong();

    /** The number of messages that were dropped for any reason. */
    private final AtomicLong dropped = new AtomicLong();

    private volatile @Nullable Running running;

    /** The number of servers when they were counted last. */
    private volatile int servers = 1;

    /** The state that the context was notified of last. Guarded by this. */
    private ClusterState reported = new ClusterState(Health.DOWN, 1, List.of(), -1, 0, 0, 0, 0);

    private boolean stopped;

    /** The parts that exist since the start. */
    private record Running(
            ClusterContext context, Outbox outbox, Inbox inbox, ClusterHealth health, RoomCounts counts) {}

    /** Creates the factory of one server. The line is connected when the server starts. */
    public ClusterAdapters(ClusterOptions options, Line line) {
        this.options = options;
        this.line = line;
        this.uid = options.sharded() ? MessageParts.randomHex() : MessageParts.randomText(ClassicWire.ID_LENGTH);
        this.root = wire(ROOT);
        this.ownChannel = ownChannel(options);
        this.subscriptions = new SubscriptionTable(line);
    }

    /** Returns the subscription to the channel of the Java servers. */
    static Subscription ownChannel(ClusterOptions options) {
        String channel = options.prefix() + "-everwire#";
        return options.sharded() ? Subscription.shard(channel) : Subscription.channel(channel);
    }

    // Life

    @Override
    public void start(ClusterContext context) {
        synchronized (this) {
            if (running != null) {
                throw new IllegalStateException("adapter: the factory serves another server already");
            }
            running = new Running(
                    context,
                    new Outbox(line, context, options, this::droppedOutgoing),
                    new Inbox(context, options.maxInboxBytes(), this::droppedIncoming, this::failed),
                    new ClusterHealth(options, context, this::publish, uid, version(), this::beat, this::update),
                    new RoomCounts(options, context, uid, members::java, this::localCount, this::send));
        }
        line.start(this, context);
        CompletionStage<Void> own = line.subscribe(ownChannel);
        own.whenComplete((subscribed, failure) -> running().health.start());
    }

    private static String version() {
        String version = ClusterAdapters.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }

    @Override
    public Adapter create(String namespace, LocalSockets sockets) {
        ClusterAdapter adapter = new ClusterAdapter(this, context(), namespace, wire(namespace), sockets);
        adapters.put(namespace, adapter);
        return adapter;
    }

    private Wire wire(String namespace) {
        return options.sharded() ? new ShardedWire(options, namespace, uid) : new ClassicWire(options, namespace, uid);
    }

    @Override
    public CompletionStage<Void> stop() {
        synchronized (this) {
            if (stopped) {
                return Adapter.DONE;
            }
            stopped = true;
        }
        Running parts = running();
        parts.health.stop();
        parts.counts.stop();
        line.unsubscribe(ownChannel);
        return publish(ServerMessage.encode(new ServerMessage.Bye(uid)))
                .handle((done, failure) -> null)
                .thenCompose(done -> line.stop());
    }

    @Override
    public ClusterState state() {
        Running parts = running;
        return new ClusterState(
                parts == null ? Health.DOWN : parts.health.health(),
                servers,
                parts == null ? List.of() : members.servers(parts.context.now()),
                parts == null ? -1 : parts.health.lagMillis(),
                parts == null ? 0 : parts.outbox.sent(),
                received.get(),
                dropped.get(),
                parts == null ? 0 : parts.outbox.bytes());
    }

    // For the adapters

    ClusterOptions options() {
        return options;
    }

    Members members() {
        return members;
    }

    RoomCounts counts() {
        return running().counts;
    }

    boolean isDown() {
        return running().health.health() == Health.DOWN;
    }

    /** Called when a namespace was closed. */
    void closed(String namespace, ClusterAdapter adapter) {
        adapters.remove(namespace, adapter);
    }

    CompletionStage<Void> subscribe(Subscription subscription, ClusterAdapter owner) {
        return subscriptions.add(subscription, owner);
    }

    void unsubscribe(Subscription subscription, ClusterAdapter owner) {
        subscriptions.remove(subscription, owner);
    }

    CompletionStage<Integer> subscribers(Subscription subscription) {
        return line.subscribers(subscription).thenApply(count -> Math.max(1, count));
    }

    void publish(Wire.@Nullable Frame frame) {
        if (frame != null) {
            running().outbox.publish(frame);
        }
    }

    /** Returns a stage that is done when all messages were handed over. It is done as well while the line is not connected. */
    CompletionStage<Void> drained() {
        return isDown() ? Adapter.DONE : running().outbox.drained();
    }

    void droppedIncoming(int count) {
        dropped.addAndGet(count);
        running().health.lost();
        context()
                .warn(
                        "maxInboxBytes",
                        count + " messages of other servers were dropped: more than maxInboxBytes, "
                                + options.maxInboxBytes() + ", were queued");
    }

    private void droppedOutgoing(long count) {
        dropped.addAndGet(count);
        running().health.lost();
        context()
                .warn(
                        "maxOutboxBytes",
                        count + " messages to other servers were dropped: the connection failed, or they waited longer"
                                + " than maxOutboxAge, "
                                + options.maxOutboxAge().toMillis()
                                + " ms, or more than maxOutboxBytes, " + options.maxOutboxBytes() + ", were queued");
    }

    /** Counts a message of another server that cannot be read. The reader goes on. */
    void unreadable(String kind, String reason) {
        dropped.incrementAndGet();
        context().warn(kind, "a message of another server was dropped: " + reason);
    }

    /** Counts a message of another server that could not be handled. The reader goes on. */
    void failed(RuntimeException failure) {
        unreadable("failed", failure.toString());
    }

    /** Returns the number of subscriptions. */
    int subscriptionCount() {
        return subscriptions.size();
    }

    // The line

    @Override
    public void received(Subscription subscription, String channel, Bytes message) {
        if (subscription.equals(ownChannel)) {
            if (ServerMessage.isBeat(message)) {
                // At once: it measures the line, not the queue.
                handle(message);
            } else {
                running().inbox.add(() -> handle(message), message.length());
            }
            return;
        }
        received.incrementAndGet();
        for (ClusterAdapter owner : subscriptions.owners(subscription)) {
            owner.received(channel, message);
        }
    }

    @Override
    public void stateChanged(boolean connected) {
        Running parts = running();
        int before = servers;
        parts.health.connected(connected);
        members.connectedAgain();
        if (!connected || parts.outbox.bytes() == 0) {
            parts.outbox.open(connected);
        } else {
            openWhenOthersAreBack(parts.health.connection(), before, context().now() + LONGEST_WAIT);
        }
        if (connected) {
            parts.health.announce();
            parts.counts.askAgain();
        }
    }

    /** Sends what was queued when the other servers have subscribed again, too: it would be lost for them before. */
    private void openWhenOthersAreBack(long connection, int before, long deadline) {
        subscribers(root.everyServer()).whenComplete((count, failure) -> {
            if (!running().health.isPresent(connection)) {
                return;
            }
            if ((failure == null && count >= before) || context().now() >= deadline) {
                running().outbox.open(true);
            } else {
                context().schedule(() -> openWhenOthersAreBack(connection, before, deadline), RECOUNT);
            }
        });
    }

    // The other Java servers

    private CompletionStage<Void> publish(Bytes message) {
        return line.publish(ownChannel.kind(), ownChannel.name(), message);
    }

    /** Sends a message to the Java servers, after the messages that are queued. */
    private void send(ServerMessage message) {
        Bytes bytes = ServerMessage.encode(message);
        publish(new Wire.Frame(ownChannel.kind(), ownChannel.name(), bytes, true));
    }

    private void handle(Bytes bytes) {
        try {
            ServerMessage message = ServerMessage.decode(bytes, options);
            if (message != null) {
                handle(message);
            }
        } catch (ProtocolException unreadable) {
            unreadable("message", String.valueOf(unreadable.getMessage()));
        }
    }

    private void handle(ServerMessage message) {
        Running parts = running();
        if (message.uid().equals(uid)) {
            if (message instanceof ServerMessage.Beat beat) {
                parts.health.returned(beat);
            }
        } else if (message instanceof ServerMessage.Beat beat) {
            beaten(beat);
        } else if (message instanceof ServerMessage.Ask) {
            parts.health.announce();
        } else if (message instanceof ServerMessage.Bye) {
            members.remove(message.uid());
            beat();
        } else if (message instanceof ServerMessage.Watch watch) {
            parts.counts.receive(watch);
        } else if (message instanceof ServerMessage.Counts counts) {
            parts.counts.receive(counts);
        }
    }

    private void beaten(ServerMessage.Beat beat) {
        Running parts = running();
        switch (members.beat(beat, context().now())) {
            case NEW -> {
                if (beat.number() == 0) {
                    // It has just started: it hears this server before its next heartbeat.
                    parts.health.announce();
                }
                parts.counts.askAgain();
                beat();
            }
            case AFTER_A_GAP -> {
                parts.health.lost();
                context()
                        .warn(
                                "heartbeat",
                                "heartbeats of another server did not arrive; other messages may be lost, too");
                parts.counts.askAgain();
            }
            case AGAIN -> {}
        }
    }

    private int localCount(RoomCounts.Key key) {
        ClusterAdapter adapter = adapters.get(key.namespace());
        return adapter == null ? -1 : adapter.localCount(key.room());
    }

    /** Counts the servers. Called with each heartbeat. */
    private void beat() {
        subscribers(root.everyServer()).whenComplete((count, failure) -> {
            if (failure == null) {
                servers = count;
                members.expire(count, context().now());
            }
            running().counts.renew();
            update();
        });
    }

    private void update() {
        ClusterState now = state();
        boolean changed;
        synchronized (this) {
            changed = now.health() != reported.health()
                    || now.servers() != reported.servers()
                    || !ids(now).equals(ids(reported));
            reported = now;
        }
        if (changed) {
            context().stateChanged(now);
        }
    }

    private static List<String> ids(ClusterState state) {
        return state.others().stream().map(ClusterServer::id).toList();
    }

    private ClusterContext context() {
        return running().context;
    }

    private Running running() {
        Running parts = running;
        if (parts == null) {
            throw new IllegalStateException("the factory was not started");
        }
        return parts;
    }

    @Override
    public String toString() {
        return "cluster " + options.prefix() + " " + uid + " " + state();
    }
}
