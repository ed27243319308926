package io.everwire.redis;

import io.everwire.adapter.ClusterContext;
import io.everwire.cluster.Line;
import io.everwire.cluster.Subscription;
import io.everwire.cluster.Subscription.Kind;
import io.everwire.protocol.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The line over Redis. It keeps a list of all subscriptions, and makes them again when the connection was lost or Redis ended one: the
 * client library alone does not follow a slot that moved (Lettuce 7.7).
 */
final class RedisLine implements Line, RedisLink.Events {
    /** The time before a lost connection is opened again, in milliseconds. */
    private static final long FIRST_PAUSE = 20;

    /** The time before the second attempt to connect; it doubles up to {@link #LONGEST_PAUSE}. In milliseconds. */
    private static final long PAUSE = 100;

    private static final long LONGEST_PAUSE = 500;

    /**
     * The time after which a subscription that failed or ended is made again, in milliseconds; it doubles up to {@link
     * #LONGEST_RETRY}.
     */
    private static final long FIRST_RETRY = 10;

    private static final long LONGEST_RETRY = 250;

    /** The number of names in one command. */
    private static final int BATCH = 256;

    private final RedisLink link;

    /** The subscriptions with their results, which are done when Redis has confirmed them. Guarded by this. */
    private final Map<Subscription, CompletableFuture<Void>> subscriptions = new LinkedHashMap<>();

    /** The subscriptions that Redis has not confirmed on the present connection. Guarded by this. */
    private final Set<Subscription> unconfirmed = new HashSet<>();

    private @Nullable Listener listener;
    private @Nullable ClusterContext context;
    private boolean connected;
    private boolean connecting;
    private boolean reported;
    private boolean retrying;
    private long retry = FIRST_RETRY;
    private boolean stopped;

    RedisLine(RedisLink link) {
        this.link = link;
    }

    @Override
    public void start(Listener started, ClusterContext running) {
        synchronized (this) {
            listener = started;
            context = running;
        }
        connect(PAUSE);
    }

    private void connect(long pause) {
        ClusterContext running = context;
        synchronized (this) {
            if (running == null || stopped) {
                return;
            }
            connecting = true;
        }
        link.connect(this).whenComplete((done, failure) -> {
            boolean lostAgain;
            synchronized (this) {
                connecting = failure != null && !stopped;
                lostAgain = !connected && !connecting && !stopped;
            }
            if (lostAgain) {
                connected(false);
            } else if (failure != null && !isStopped()) {
                running.warn("redis", "no connection to Redis, trying again: " + message(failure));
                running.schedule(() -> connect(Math.min(2 * pause, LONGEST_PAUSE)), pause);
            }
        });
    }

    private static String message(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    // Calls of the cluster

    @Override
    public CompletionStage<Void> subscribe(Subscription subscription) {
        CompletableFuture<Void> done;
        boolean now;
        synchronized (this) {
            done = subscriptions.computeIfAbsent(subscription, added -> new CompletableFuture<>());
            unconfirmed.add(subscription);
            now = connected;
        }
        if (now) {
            subscribe(subscription.kind(), List.of(subscription.name()));
        }
        return done;
    }

    @Override
    public void unsubscribe(Subscription subscription) {
        CompletableFuture<Void> open;
        synchronized (this) {
            open = subscriptions.remove(subscription);
            unconfirmed.remove(subscription);
        }
        if (open != null) {
            // A waiting caller must not wait for ever.
            open.complete(null);
        }
        link.unsubscribe(subscription);
    }

    @Override
    public CompletionStage<Void> publish(Kind kind, String channel, Bytes message) {
        boolean whole = message.length() == message.array().length;
        return link.publish(kind, channel, whole ? message.array() : message.toByteArray());
    }

    @Override
    public CompletionStage<Integer> subscribers(Subscription subscription) {
        return link.subscribers(subscription).thenApply(count -> (int) Math.min(count, Integer.MAX_VALUE));
    }

    @Override
    public CompletionStage<Void> stop() {
        synchronized (this) {
            stopped = true;
        }
        return link.close();
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    // Subscriptions

    private void subscribe(Kind kind, List<String> names) {
        for (int from = 0; from < names.size(); from += BATCH) {
            List<String> some = names.subList(from, Math.min(from + BATCH, names.size()));
            link.subscribe(kind, some).whenComplete((done, failure) -> {
                if (failure == null) {
                    confirmed(kind, some);
                } else {
                    retry();
                }
            });
        }
    }

    private void confirmed(Kind kind, List<String> names) {
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        synchronized (this) {
            for (String name : names) {
                Subscription subscription = new Subscription(kind, name);
                unconfirmed.remove(subscription);
                retry = unconfirmed.isEmpty() ? FIRST_RETRY : retry;
                CompletableFuture<Void> done = subscriptions.get(subscription);
                if (done == null) {
                    ended.add(name);
                } else {
                    waiting.add(done);
                }
            }
        }
        waiting.forEach(done -> done.complete(null));
        ended.forEach(name -> link.unsubscribe(new Subscription(kind, name)));
        report();
    }

    private void retry() {
        ClusterContext running = context;
        long pause;
        synchronized (this) {
            if (retrying || stopped || running == null) {
                return;
            }
            retrying = true;
            pause = retry;
            retry = Math.min(2 * retry, LONGEST_RETRY);
        }
        running.schedule(
                () -> {
                    synchronized (this) {
                        retrying = false;
                    }
                    subscribeAgain();
                },
                pause);
    }

    /** Makes the subscriptions that are not confirmed. */
    private void subscribeAgain() {
        for (Kind kind : Kind.values()) {
            List<String> names;
            synchronized (this) {
                if (!connected) {
                    return;
                }
                names = unconfirmed.stream()
                        .filter(subscription -> subscription.kind() == kind)
                        .map(Subscription::name)
                        .toList();
            }
            if (!names.isEmpty()) {
                subscribe(kind, names);
            }
        }
    }

    // The link

    @Override
    public void message(Subscription subscription, String channel, byte[] message) {
        Listener receiver = listener;
        if (receiver != null) {
            receiver.received(subscription, channel, Bytes.of(message));
        }
    }

    @Override
    public void unsubscribed(Subscription subscription) {
        synchronized (this) {
            if (!subscriptions.containsKey(subscription) || !connected) {
                return;
            }
            unconfirmed.add(subscription);
        }
        // Not at once: while a slot moves, the new owner may not know it yet.
        retry();
    }

    @Override
    public void connected(boolean isConnected) {
        boolean lost;
        synchronized (this) {
            connected = isConnected;
            unconfirmed.addAll(subscriptions.keySet());
            lost = !isConnected && !connecting && !stopped;
            connecting |= lost && !link.connectsAgain();
        }
        if (isConnected) {
            subscribeAgain();
        }
        report();
        ClusterContext running = context;
        if (lost && !link.connectsAgain() && running != null) {
            running.schedule(() -> connect(PAUSE), FIRST_PAUSE);
        }
    }

    /** Reports whether the line works: connected, and with all subscriptions. */
    private void report() {
        Listener receiver;
        boolean works;
        synchronized (this) {
            works = connected && (unconfirmed.isEmpty() || reported);
            if (works == reported || stopped) {
                return;
            }
            reported = works;
            receiver = listener;
        }
        if (receiver != null) {
            receiver.stateChanged(works);
        }
    }
}
