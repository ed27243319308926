package io.everwire.cluster;

import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.ClusterState.Health;
import io.everwire.protocol.Bytes;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The heartbeats of this server. They go to all Java servers, this one included: if one does not come back before the next, messages do
 * not arrive. Any thread may use it.
 */
final class ClusterHealth {
    private static final long UNKNOWN = -1;

    private final ClusterOptions options;
    private final ClusterContext context;
    private final Function<Bytes, CompletionStage<Void>> publish;
    private final String uid;
    private final String version;
    private final Runnable onBeat;
    private final Runnable changed;

    // Guarded by this.
    private boolean connected;

    /** The number of times that the state of the line changed. */
    private long connections;

    /** True while the line has not taken the last heartbeat. */
    private boolean publishing;

    /** True if the line took the last heartbeat. */
    private boolean taken = true;

    /** True if the last heartbeat came back. */
    private boolean answered = true;

    /** True if it has not come back in time. */
    private boolean late;

    private boolean lost;
    private boolean lostBefore;
    private long number;
    private long lag = UNKNOWN;
    private boolean stopped;
    private Runnable timer = () -> {};

    /**
     * Creates the heartbeats of a server. {@link #start} begins with them.
     *
     * @param publish publishes a message to all Java servers
     * @param onBeat is called with each heartbeat
     * @param changed is called when the health may have changed
     */
    ClusterHealth(
            ClusterOptions options,
            ClusterContext context,
            Function<Bytes, CompletionStage<Void>> publish,
            String uid,
            String version,
            Runnable onBeat,
            Runnable changed) {
        this.options = options;
        this.context = context;
        this.publish = publish;
        this.uid = uid;
        this.version = version;
        this.onBeat = onBeat;
        this.changed = changed;
    }

    /** Sends the first heartbeat, and one after each interval from then on. */
    void start() {
        long connection;
        boolean sends;
        synchronized (this) {
            if (stopped) {
                return;
            }
            timer = context.schedule(this::next, options.heartbeatInterval().toMillis());
            // A line that hangs does not get more of them.
            sends = !publishing;
            if (sends) {
                publishing = true;
                taken = false;
                answered = !connected;
            }
            connection = connections;
        }
        if (sends) {
            publish.apply(beat()).whenComplete((done, failure) -> published(connection, failure == null));
        }
        onBeat.run();
    }

    private synchronized void published(long connection, boolean successfully) {
        number += successfully ? 1 : 0;
        if (connection == connections) {
            publishing = false;
            taken = successfully;
        }
    }

    private void next() {
        synchronized (this) {
            late = !answered;
            lostBefore = lost;
            lost = false;
        }
        changed.run();
        start();
    }

    private synchronized Bytes beat() {
        return ServerMessage.encode(new ServerMessage.Beat(
                uid, number, context.now(), options.heartbeatInterval().toMillis(), version, mode(options)));
    }

    /** Sends a heartbeat out of turn: others ask for it, or the line was connected. */
    void announce() {
        publish.apply(beat()).exceptionally(failure -> null);
    }

    /** Returns the name of the mode of an adapter. */
    static String mode(ClusterOptions options) {
        if (!options.sharded()) {
            return options.exactSubscriptions() ? "classic, exact subscriptions" : "classic";
        }
        return switch (options.subscriptionMode()) {
            case STATIC -> "sharded static";
            case DYNAMIC -> "sharded dynamic";
            case DYNAMIC_PRIVATE -> "sharded dynamic-private";
        };
    }

    /** A heartbeat of this server came back. */
    void returned(ServerMessage.Beat beat) {
        synchronized (this) {
            answered = true;
            late = false;
            lag = Math.max(0, context.now() - beat.time());
        }
        changed.run();
    }

    /** Called when the line was connected or lost its connection. */
    void connected(boolean isConnected) {
        synchronized (this) {
            connected = isConnected;
            connections++;
            publishing = false;
            taken = true;
            answered = true;
            late = false;
        }
        changed.run();
    }

    /** Called when messages were dropped: the health is bad until the heartbeat after the next. */
    synchronized void lost() {
        lost = true;
    }

    synchronized Health health() {
        if (!connected || (late && !taken)) {
            return Health.DOWN;
        }
        return late || lost || lostBefore ? Health.DEGRADED : Health.UP;
    }

    /** Returns the time that the last heartbeat took, in milliseconds; −1 if unknown. */
    synchronized long lagMillis() {
        return lag;
    }

    /** Returns the number of changes of the line's state; the line is connected if it is present. */
    synchronized long connection() {
        return connections;
    }

    synchronized boolean isPresent(long connection) {
        return connected && connection == connections && !stopped;
    }

    synchronized void stop() {
        stopped = true;
        timer.run();
    }
}
