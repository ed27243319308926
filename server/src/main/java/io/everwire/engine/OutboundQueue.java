package io.everwire.engine;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Generation;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Session;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbound queue of one session. Tracks the bytes queued and decides which packets are dropped. The number of
 * queued bytes is found out in the session's turns and published after each of them. Packets that other threads sent
 * are in the session's task queue until its next turn and count as queued as well.
 */
final class OutboundQueue {
    private static final Logger log = LoggerFactory.getLogger(OutboundQueue.class);

    private final EngineSession owner;
    private volatile int queued;
    private volatile boolean writable;

    /** Set before the client is closed because of its queued bytes: nothing more is queued for it from then on. */
    private volatile boolean closing;

    /** Set before the client is closed to free memory: packets on the way must not use more of it meanwhile. */
    private volatile boolean discarding;

    /** The bytes that this turn took from the task queue and has not counted as arrived. Used in turns. */
    private long arrived;

    /** Racy: two threads that drop at one moment may both log. */
    private volatile boolean dropLogged;

    /** As {@link #dropLogged}, for a packet that was dropped because of a limit. */
    private volatile boolean limitReported;

    /** Made when the first bytes are queued or a large packet is shared with other sessions. Used on the event loop. */
    private @Nullable PendingOutput pending;

    OutboundQueue(EngineSession owner) {
        this.owner = owner;
    }

    /** Returns the bytes queued at the end of the last turn and those sent since. Any thread. */
    int queued() {
        return sum(queued, owner.waitingSize());
    }

    /** Counts bytes that a turn took from the task queue: other threads must not miss them until the turn ends. */
    void tasksTaken(int bytes) {
        if (bytes > 0) {
            queued = sum(queued, bytes);
        }
    }

    /** Sends or drops a packet. Called in the session's turn. Returns null if the packet was sent. */
    @Nullable
    DropCause send(Encoded encoded, Delivery delivery, long now) {
        Session session = owner.session();
        if (delivery != Delivery.RELIABLE) {
            DropCause cause = overflow(encoded, delivery, session.writable(), session.waiting());
            Delivery.Key key = delivery.key();
            if (key != null) {
                return latest(encoded, key, cause, now);
            }
            if (cause != null) {
                return dropped(cause);
            }
        }
        transmit(encoded, now);
        return null;
    }

    private void transmit(Encoded encoded, long now) {
        if (OutputBudget.receivers(encoded) > 1) {
            pending().shares(encoded);
            owner.countFlushed();
        }
        owner.session().send(encoded, now);
        owner.events().sent(encoded);
    }

    /**
     * Sends a packet with a key, or keeps it in place of the older one of its key.
     *
     * @param cause null if the client can take it
     */
    private @Nullable DropCause latest(Encoded encoded, Delivery.Key key, @Nullable DropCause cause, long now) {
        if (cause == null) {
            dropReplaced(key);
            transmit(encoded, now);
            return null;
        }
        LatestPackets latest = pending().latest();
        if (!fits(latest, key, encoded)) {
            dropReplaced(key);
            return dropped(cause);
        }
        if (latest.put(key, encoded) != null) {
            dropped(DropCause.REPLACED);
        }
        pending().latestChanged();
        return null;
    }

    /** Drops the kept packet of a key, if any: it is older than the present one. */
    private void dropReplaced(Delivery.Key key) {
        if (pending != null && pending.keepsLatest() && pending.latest().remove(key) != null) {
            pending.latestChanged();
            dropped(DropCause.REPLACED);
        }
    }

    /** Returns whether one more packet may be kept; the others stay within {@code maxQueuedBytes} together with it. */
    private boolean fits(LatestPackets latest, Delivery.Key key, Encoded encoded) {
        int keys = owner.engine().options().memory().volatileKeys();
        if (latest.sizeWith(key) > keys) {
            owner.limitReached(ReachedLimit.beyond("maxVolatileKeys", keys), "a packet was dropped");
            return false;
        }
        long bytes = latest.bytesWith(key, encoded) + owner.session().waiting();
        return !closing && bytes <= owner.options().maxQueued() && !budget().scarce();
    }

    /**
     * Sends the kept packets. Called in the session's turn.
     *
     * @param poll whether a poll is about to take all of them; otherwise they are sent while the client takes data
     */
    private void sendLatest(boolean poll, long now) {
        PendingOutput known = pending;
        if (known == null || !known.keepsLatest()) {
            return;
        }
        Session session = owner.session();
        LatestPackets latest = known.latest();
        while (!latest.isEmpty() && (poll || session.writable())) {
            Encoded next = Objects.requireNonNull(latest.poll());
            // Reliable packets may have used the space since.
            if (session.waiting() + (long) next.size() > owner.options().maxQueued()) {
                dropped(DropCause.VOLATILE);
            } else {
                transmit(next, now);
            }
        }
        known.latestChanged();
    }

    /** Sends the kept packets before a poll takes all queued ones. Called in the session's turn. */
    void requestArrives(RequestHead head, long now) {
        if (!head.method().equals("POST")) {
            sendLatest(true, now);
        }
    }

    /** Drops the kept packets of a namespace that the client has left. Any thread. */
    void dropLatest(String namespace) {
        if (queued() > 0) {
            owner.execute(() -> removeLatest(namespace));
        }
    }

    private void removeLatest(String namespace) {
        if (pending != null && pending.keepsLatest()) {
            pending.latest().removeAll(namespace);
            pending.latestChanged();
        }
    }

    /**
     * Queues a packet for the end of this turn, or for a turn to come. Any thread.
     *
     * @return null if it is queued
     */
    @Nullable
    DropCause submit(Encoded encoded, Delivery delivery) {
        if (owner.appends(encoded.size())) {
            DropCause cause = refusal(encoded, delivery);
            if (cause != null) {
                return dropped(cause);
            }
            owner.append(new Later(encoded, delivery, 0));
            return null;
        }
        int share = OutputBudget.share(encoded);
        DropCause cause = admit(encoded, delivery, share, null);
        if (cause == null) {
            owner.submit(new Later(encoded, delivery, share));
        }
        return cause;
    }

    /**
     * Queues a packet as {@link #submit} does, but leaves it to the caller to have {@link EngineSession#work} called on
     * the session's event loop, and to count the bytes that arrived then: one task can do so for many sessions.
     *
     * @return whether the caller must do that
     */
    boolean enqueue(Encoded encoded, Delivery delivery, Reservation reservation) {
        int share = reservation.share(encoded);
        if (admit(encoded, delivery, share, reservation) != null) {
            return false;
        }
        Later task = new Later(encoded, delivery, share);
        boolean idle = owner.add(task);
        if (idle) {
            // Nobody runs the task before the caller does.
            task.counted = 0;
        }
        return idle;
    }

    /**
     * Decides whether a packet may be queued for a turn to come. An event loop that is behind lets no more bytes be
     * queued in front of it than its clients may have queued. A reliable packet above this limit has the session closed
     * in its next turn.
     *
     * @param share the bytes that count for this session
     * @param reservation counts them; null counts them in the budget itself
     * @return null if the packet may be queued
     */
    private @Nullable DropCause admit(
            Encoded encoded, Delivery delivery, int share, @Nullable Reservation reservation) {
        DropCause cause = refusal(encoded, delivery);
        if (cause == null) {
            boolean behind = behind(encoded);
            if (behind || !(reservation == null ? budget().admit(share) : reservation.admit(share))) {
                cause = overLimit(delivery, behind);
            }
        }
        return cause == null ? null : dropped(cause);
    }

    private @Nullable DropCause refusal(Encoded encoded, Delivery delivery) {
        // A packet with a key is kept in its turn if the client cannot take it.
        boolean takes = writable || delivery.key() != null;
        return closing ? DropCause.CLOSING : overflow(encoded, delivery, takes, queued());
    }

    /** Publishes the queued bytes at the end of a turn. */
    void turnEnds() {
        if (arrived > 0) {
            budget().arrived(arrived);
            arrived = 0;
        }
        Session session = owner.session();
        boolean takes = session.writable();
        if (takes && pending != null && pending.keepsLatest()) {
            owner.perform(SessionTask.of((same, now) -> sendLatest(false, now)), owner.now());
            takes = session.writable();
        }
        if (takes != writable) {
            writable = takes;
        }
        int waiting = session.waiting();
        int left = pending != null && pending.keepsLatest()
                ? sum(waiting, pending.latest().bytes())
                : waiting;
        if (left != queued) {
            queued = left;
            if (left == 0) {
                owner.drained();
            }
        }
        if (pending != null || waiting >= MemoryBudget.STEP) {
            pending().inSession(waiting);
        }
    }

    /**
     * Counts the flushed bytes that are queued in the host. Called on the event loop, after each flush that leaves
     * bytes or was asked about.
     */
    void flushed(long left) {
        if (pending != null || left >= MemoryBudget.STEP) {
            pending().inHost(left);
        }
    }

    /** Queues nothing more for the client, which is about to be closed. Any thread. */
    private void stop() {
        closing = true;
    }

    /** As {@link #stop}, and drops the packets on the way. Any thread. */
    void discard() {
        discarding = true;
        stop();
    }

    private OutputBudget budget() {
        return owner.engine().budget();
    }

    private PendingOutput pending() {
        PendingOutput known = pending;
        if (known == null) {
            known = new PendingOutput(owner, budget());
            pending = known;
        }
        return known;
    }

    private @Nullable DropCause overflow(Encoded encoded, Delivery delivery, boolean takes, int before) {
        return switch (delivery.kind()) {
            case RELIABLE -> null;
            case VOLATILE -> takes ? null : DropCause.VOLATILE;
            case DROP_ON_OVERFLOW -> {
                if (sum(before, encoded.size()) > owner.options().maxQueued()) {
                    yield DropCause.QUEUE_FULL;
                }
                yield !takes && budget().scarce() ? DropCause.SERVER_QUEUE_NEARLY_FULL : null;
            }
        };
    }

    /**
     * Returns whether too many bytes would be on the way to the event loop. A packet that finds the way empty is taken
     * whole, however large it is, as WebSockets take it.
     */
    private boolean behind(Encoded encoded) {
        int coming = owner.waitingSize();
        return coming > 0
                && sum(sum(queued, coming), encoded.size()) > owner.options().maxQueued();
    }

    /**
     * Drops a packet because too many bytes are on the way: to this event loop if {@code behind}, otherwise to all of
     * them.
     */
    private DropCause overLimit(Delivery delivery, boolean behind) {
        return switch (delivery.kind()) {
            case VOLATILE -> DropCause.VOLATILE;
            case DROP_ON_OVERFLOW -> behind ? DropCause.QUEUE_FULL : DropCause.SERVER_QUEUE_NEARLY_FULL;
            case RELIABLE -> {
                stop();
                // QUEUE_OVERFLOW is the reason that sessions give as well if too many bytes are queued.
                owner.close(behind ? CloseReason.QUEUE_OVERFLOW : CloseReason.EVICTED);
                yield behind ? DropCause.CLIENT_BEHIND : DropCause.SERVER_QUEUE_FULL;
            }
        };
    }

    private DropCause dropped(DropCause cause) {
        if (!dropLogged) {
            dropLogged = true;
            Generation generation = owner.generation();
            log.debug("{} client: the first packet was dropped: {}", generation.name(), cause);
        }
        String option = cause.option();
        if (option != null && !limitReported) {
            limitReported = true;
            report(option, cause);
        }
        EngineObserver observer = owner.engine().observer();
        if (observer != null) {
            observer.dropped(cause);
        }
        return cause;
    }

    private void report(String option, DropCause cause) {
        long most = option.equals("maxQueuedBytes") ? owner.options().maxQueued() : budget().most();
        owner.limitReached(
                ReachedLimit.beyond(option, most),
                cause.closesClient() ? "the client was closed" : "a packet was dropped");
    }

    private static int sum(int one, int other) {
        return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
    }

    private final class Later extends SessionTask {
        private final Encoded encoded;
        private final Delivery delivery;

        /** The bytes admitted, which the turn counts as arrived. */
        private int counted;

        Later(Encoded encoded, Delivery delivery, int counted) {
            this.encoded = encoded;
            this.delivery = delivery;
            this.counted = counted;
        }

        @Override
        void run(Session session, long now) {
            arrived += counted;
            if (discarding) {
                dropped(DropCause.CLOSING);
            } else {
                send(encoded, delivery, now);
            }
        }

        @Override
        protected int size() {
            return encoded.size();
        }
    }
}
