package io.everwire.engine;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Session;
import org.jspecify.annotations.Nullable;

/**
 * What goes out to one client, and what may not: how much waits is known in the session's turns, and told to others after each.
 * What was sent from other threads hangs in the chain until its turn: that counts as well.
 *
 * <p>It is a part of its {@link EngineSession}, not an object beside it: a broadcast looks at all of this for each receiver
 * (benchmarks fanout and idle).
 */
abstract class OutboundQueue extends Turns {
    private volatile int waiting;
    private volatile boolean writable;

    /** Set before the client is closed for what was sent to it: nothing more is kept for it then. */
    private volatile boolean evicted;

    /** There since something waited, or was large and shared with others. Used on the loop. */
    private @Nullable PendingOutput unread;

    /** In a turn, which ends with the first {@link #leave}. */
    OutboundQueue(EventLoop loop) {
        super(loop);
    }

    abstract Session session();

    /** Something inside the session threw this: it ends. */
    abstract void failed(Throwable thrown);

    /** Told when nothing waits any more. */
    abstract void drained();

    /** The most that may wait, in bytes. */
    abstract int maxQueued();

    abstract OutputBudget budget();

    abstract boolean hasLine();

    /** Has its lines tell {@link #flushed} after the next flush; called in a turn. */
    abstract void sharing();

    /** Ends the session and forgets what waits; any thread. */
    abstract void evict();

    /** Closes the session; any thread. */
    public abstract void close(CloseReason reason);

    /** Bytes that waited when the last turn ended, and those that have come since. Any thread. */
    public int waiting() {
        return sum(waiting, hanging());
    }

    /** Takes note of what was taken from the chain to be sent: who looks meanwhile shall not miss it. Begins a turn. */
    @Override
    void begins(int bytes) {
        if (bytes > 0) {
            waiting = sum(waiting, bytes);
        }
    }

    /** Sends a packet now or in a turn to come; see {@link EngineSession#send(Encoded, Delivery)}. Any thread. */
    boolean send(Encoded encoded, Delivery delivery) {
        return enter() ? sendNow(encoded, delivery, now()) : sendLater(encoded, delivery);
    }

    /** As {@link #send(Encoded, Delivery)}, for who looked at the clock already (benchmark fanout). */
    boolean send(Encoded encoded, Delivery delivery, long now) {
        return enter() ? sendNow(encoded, delivery, now) : sendLater(encoded, delivery);
    }

    private boolean sendNow(Encoded encoded, Delivery delivery, long now) {
        boolean sent = true;
        try {
            sent = deliver(encoded, delivery, now);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        leave(now);
        return sent;
    }

    private boolean sendLater(Encoded encoded, Delivery delivery) {
        SessionTask later = later(encoded, delivery);
        if (later != null) {
            submit(later);
        }
        return later != null;
    }

    /** Sends a packet or drops it; called in a turn. Returns false if it was dropped. */
    boolean deliver(Encoded encoded, Delivery delivery, long now) {
        if (delivery != Delivery.RELIABLE
                && drops(encoded, delivery, session().writable(), session().waiting())) {
            return false;
        }
        if (OutputBudget.receivers(encoded) > 1) {
            unread().shares(encoded);
            sharing();
        }
        session().send(encoded, now);
        return true;
    }

    /**
     * What does {@link #deliver} in a turn to come; until then it counts as waiting. A loop that is behind does not let more pile
     * up in front of it than may wait: what may not be dropped has the session closed instead, in its next turn. Any thread.
     *
     * @return null if it is dropped
     */
    @Nullable
    SessionTask later(Encoded encoded, Delivery delivery) {
        if (evicted || drops(encoded, delivery, writable, waiting())) {
            return null;
        }
        int counted = overtaxes(encoded) ? -1 : budget().admit(encoded);
        if (counted >= 0) {
            return new Later(encoded, delivery, counted);
        }
        if (delivery == Delivery.RELIABLE) {
            evicted = true;
            // As a session does in which too much waits.
            close(CloseReason.TRANSPORT_ERROR);
        }
        return null;
    }

    /** Whether too much would be on its way. A packet that finds the way free is taken whole, however large, as lines take it. */
    private boolean overtaxes(Encoded encoded) {
        int coming = hanging();
        return coming > 0 && sum(sum(waiting, coming), encoded.size()) > maxQueued();
    }

    /** Ends a turn. */
    @Override
    void ends() {
        Session session = session();
        boolean takes = session.writable();
        if (takes != writable) {
            writable = takes;
        }
        int left = session.waiting();
        if (left != waiting) {
            waiting = left;
            if (left == 0) {
                drained();
            }
        }
        if (unread != null || left >= OutputBudget.STEP) {
            unread().inSession(left);
        }
    }

    /** So much of what was flushed waits for the peer: told after each flush that leaves something or was asked about. On the loop. */
    void flushed(long left) {
        if (unread != null || left >= OutputBudget.STEP) {
            unread().inHost(left);
        }
    }

    /** Keeps nothing more for the client, which is about to be closed. */
    void keepNothing() {
        evicted = true;
    }

    private PendingOutput unread() {
        PendingOutput known = unread;
        if (known == null) {
            known = new PendingOutput(this, budget());
            unread = known;
        }
        return known;
    }

    private boolean drops(Encoded encoded, Delivery delivery, boolean takes, int before) {
        return switch (delivery) {
            case RELIABLE -> false;
            case VOLATILE -> !takes;
            case DROP_ON_OVERFLOW -> sum(before, encoded.size()) > maxQueued() || (!takes && budget().scarce());
        };
    }

    private static int sum(int one, int other) {
        return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
    }

    private final class Later extends SessionTask {
        private final Encoded encoded;
        private final Delivery delivery;
        private final int counted;

        Later(Encoded encoded, Delivery delivery, int counted) {
            this.counted = counted;
            this.encoded = encoded;
            this.delivery = delivery;
        }

        @Override
        void run(Session session, long now) {
            budget().arrived(counted);
            deliver(encoded, delivery, now);
        }

        @Override
        protected int size() {
            return encoded.size();
        }
    }
}
