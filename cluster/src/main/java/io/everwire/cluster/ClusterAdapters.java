package io.everwire.cluster;

import io.everwire.adapter.Adapter;
import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.ClusterState;
import io.everwire.adapter.ClusterState.Health;
import io.everwire.adapter.LocalSockets;
import io.everwire.protocol.Bytes;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The factory of the adapters of one server in a cluster. It owns the line, the subscriptions and the outgoing messages of all
 * namespaces, and watches whether messages arrive.
 *
 * <p>Every {@code heartbeatInterval} the server sends a message to itself. If it does not come back before the next one, the state is
 * {@code DEGRADED}: the line is connected, but does not deliver.
 */
public final class ClusterAdapters implements Adapter.Factory, Line.Listener {
    /** The namespace that every server has. */
    private static final String ROOT = "/";

    /** The longest time that queued messages wait for other servers that connect again, in milliseconds. */
    private static final long LONGEST_WAIT = 2_000;

    /** The time between two counts of them, in milliseconds. */
    private static final long RECOUNT = 100;

    private final ClusterOptions options;
    private final Line line;
    private final String uid;
    private final Subscription ownChannel;
    private final SubscriptionTable subscriptions;

    /** The number of messages that were dropped for any reason. */
    private final AtomicLong dropped = new AtomicLong();

    /** The number of messages that were dropped because the line or this server is too slow. */
    private final AtomicLong lost = new AtomicLong();

    private @Nullable ClusterContext context;
    private @Nullable Outbox outbox;
    private volatile ClusterState state = new ClusterState(Health.DOWN, 1, -1, 0);

    // Guarded by this.
    private boolean connected;

    /** The number of times that the state of the line changed. */
    private long connections;

    private boolean stopped;
    private boolean answered = true;
    private long sentAt;
    private long lag = -1;
    private int servers = 1;

    /** True if the last message to itself has not come back in time. */
    private boolean late;

    private long lostBefore;
    private Runnable timer = () -> {};

    /** Creates the factory of one server. The line is connected when the server starts. */
    public ClusterAdapters(ClusterOptions options, Line line) {
        this.options = options;
        this.line = line;
        this.uid = options.sharded() ? MessageParts.randomHex() : MessageParts.randomText(ClassicWire.ID_LENGTH);
        String channel = options.prefix() + "-everwire#" + uid + "#";
        this.ownChannel = options.sharded() ? Subscription.shard(channel) : Subscription.channel(channel);
        this.subscriptions = new SubscriptionTable(line);
    }

    // Life

    @Override
    public void start(ClusterContext started) {
        synchronized (this) {
            if (context != null) {
                throw new IllegalStateException("adapter: the factory serves another server already");
            }
            context = started;
            outbox = new Outbox(line, started, options, this::droppedOutgoing);
        }
        line.start(this, started);
        CompletionStage<Void> own = line.subscribe(ownChannel);
        own.whenComplete((subscribed, failure) -> beat());
    }

    @Override
    public Adapter create(String namespace, LocalSockets sockets) {
        Wire wire =
                options.sharded() ? new ShardedWire(options, namespace, uid) : new ClassicWire(options, namespace, uid);
        return new ClusterAdapter(this, context(), namespace, wire, sockets);
    }

    @Override
    public CompletionStage<Void> stop() {
        synchronized (this) {
            if (stopped) {
                return Adapter.DONE;
            }
            stopped = true;
            timer.run();
        }
        line.unsubscribe(ownChannel);
        return line.stop();
    }

    @Override
    public ClusterState state() {
        ClusterState last = state;
        return new ClusterState(last.health(), last.servers(), last.lagMillis(), dropped.get());
    }

    // For the adapters

    ClusterOptions options() {
        return options;
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
            outbox().publish(frame);
        }
    }

    /** Returns a stage that is done when all messages were handed over. It is done as well while the line is not connected. */
    CompletionStage<Void> drained() {
        return state.health() == Health.DOWN ? Adapter.DONE : outbox().drained();
    }

    void droppedIncoming(int count) {
        dropped.addAndGet(count);
        lost.addAndGet(count);
        context()
                .warn(
                        "maxInboxBytes",
                        count + " messages of other servers were dropped: more than maxInboxBytes, "
                                + options.maxInboxBytes() + ", were queued");
    }

    private void droppedOutgoing(long count) {
        dropped.addAndGet(count);
        lost.addAndGet(count);
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

    /** Returns the number of subscriptions. */
    int subscriptionCount() {
        return subscriptions.size();
    }

    // The line

    @Override
    public void received(Subscription subscription, String channel, Bytes message) {
        if (subscription.equals(ownChannel)) {
            returned();
            return;
        }
        for (ClusterAdapter owner : subscriptions.owners(subscription)) {
            owner.received(channel, message);
        }
    }

    @Override
    public void stateChanged(boolean isConnected) {
        int before;
        long connection;
        synchronized (this) {
            connected = isConnected;
            connection = ++connections;
            before = servers;
            answered = true;
            late = false;
        }
        update();
        if (!isConnected || outbox().bytes() == 0) {
            outbox().open(isConnected);
        } else {
            openWhenOthersAreBack(connection, before, context().now() + LONGEST_WAIT);
        }
    }

    /** Sends what was queued when the other servers have subscribed again, too: it would be lost for them before. */
    private void openWhenOthersAreBack(long connection, int before, long deadline) {
        subscribers(root().everyServer()).whenComplete((count, failure) -> {
            boolean present;
            synchronized (this) {
                present = connected && connection == connections && !stopped;
            }
            if (!present) {
                return;
            }
            if ((failure == null && count >= before) || context().now() >= deadline) {
                outbox().open(true);
            } else {
                context().schedule(() -> openWhenOthersAreBack(connection, before, deadline), RECOUNT);
            }
        });
    }

    private Wire root() {
        return options.sharded() ? new ShardedWire(options, ROOT, uid) : new ClassicWire(options, ROOT, uid);
    }

    /** Sends a message to this server itself, and counts the servers. */
    private void beat() {
        ClusterContext running = context();
        synchronized (this) {
            if (stopped) {
                return;
            }
            timer = running.schedule(this::next, options.heartbeatInterval().toMillis());
            sentAt = running.now();
            answered = !connected;
        }
        CompletionStage<Void> published = line.publish(ownChannel.kind(), ownChannel.name(), Bytes.utf8("{}"));
        published.exceptionally(lost -> null);
        subscribers(root().everyServer()).whenComplete((count, failure) -> {
            if (failure == null) {
                synchronized (this) {
                    servers = count;
                }
                update();
            }
        });
    }

    private void next() {
        synchronized (this) {
            late = !answered;
        }
        update();
        synchronized (this) {
            lostBefore = lost.get();
        }
        beat();
    }

    private void returned() {
        synchronized (this) {
            answered = true;
            late = false;
            lag = context().now() - sentAt;
        }
        update();
    }

    private void update() {
        ClusterState before = state;
        ClusterContext running = context();
        ClusterState now;
        synchronized (this) {
            boolean loses = lost.get() > lostBefore;
            Health health = !connected ? Health.DOWN : late || loses ? Health.DEGRADED : Health.UP;
            now = new ClusterState(health, servers, lag, dropped.get());
            state = now;
        }
        if (now.health() != before.health() || now.servers() != before.servers()) {
            running.stateChanged(now);
        }
    }

    private ClusterContext context() {
        ClusterContext running = context;
        if (running == null) {
            throw new IllegalStateException("the factory was not started");
        }
        return running;
    }

    private Outbox outbox() {
        Outbox running = outbox;
        if (running == null) {
            throw new IllegalStateException("the factory was not started");
        }
        return running;
    }

    @Override
    public String toString() {
        return "cluster " + options.prefix() + " " + uid + " " + state;
    }
}
