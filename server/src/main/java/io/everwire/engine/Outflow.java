package io.everwire.engine;

import io.everwire.protocol.Encoded;
import io.everwire.protocol.Session;

/** What goes out to one client, and what may not: how much waits is known in the session's turns, and told to others after each. */
final class Outflow {
    private final Session session;
    private final int maxQueued;
    private final ClientPort client;
    private volatile int waiting;
    private volatile boolean writable;

    Outflow(Session session, int maxQueued, ClientPort client) {
        this.session = session;
        this.maxQueued = maxQueued;
        this.client = client;
    }

    /** Bytes that waited when the last turn ended. Any thread. */
    int waiting() {
        return waiting;
    }

    /** Whether a packet is to be dropped, going by the end of the last turn. Any thread. */
    boolean drops(Encoded encoded, Delivery delivery) {
        return drops(encoded, delivery, writable, waiting);
    }

    /** Sends a packet or drops it; called in a turn. Returns false if it was dropped. */
    boolean deliver(Encoded encoded, Delivery delivery, long now) {
        if (delivery != Delivery.WAITS && drops(encoded, delivery, session.writable(), session.waiting())) {
            return false;
        }
        session.send(encoded, now);
        return true;
    }

    /** Ends a turn. */
    void settle() {
        boolean takes = session.writable();
        if (takes != writable) {
            writable = takes;
        }
        int left = session.waiting();
        if (left != waiting) {
            waiting = left;
            if (left == 0) {
                client.drained();
            }
        }
    }

    private boolean drops(Encoded encoded, Delivery delivery, boolean takes, int before) {
        return switch (delivery) {
            case WAITS -> false;
            case DROPPED -> !takes;
            case DROPPED_IF_FULL -> (long) before + encoded.size() > maxQueued;
        };
    }
}
