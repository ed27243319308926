package io.everwire.engine;

import io.everwire.protocol.Encoded;

/**
 * The bytes of one broadcast on the way to event loops. Counts them for many receivers at a time, because one count for
 * each receiver costs more than the queue (benchmark fanout-deep). Used by one thread.
 */
final class Reservation {
    /** The receivers that are counted at a time, at most. */
    private static final int MOST = 64;

    private final OutputBudget budget;
    private final int receivers;
    private Encoded last = Encoded.NOTHING;
    private int lastShare;
    private long left;

    /** @param receivers the number of receivers of the broadcast */
    Reservation(OutputBudget budget, int receivers) {
        this.budget = budget;
        this.receivers = Math.min(MOST, receivers);
        this.lastShare = OutputBudget.share(last);
    }

    /** Returns the bytes that count for one receiver of a packet. */
    int share(Encoded encoded) {
        if (encoded != last) {
            last = encoded;
            lastShare = OutputBudget.share(encoded);
        }
        return lastShare;
    }

    /** Admits the {@link #share} of one receiver; see {@link OutputBudget#admit}. */
    boolean admit(int share) {
        if (left < share) {
            long more = (long) share * receivers;
            if (!budget.admit(more)) {
                more = share;
                if (!budget.admit(more)) {
                    return false;
                }
            }
            left += more;
        }
        left -= share;
        return true;
    }

    /** Releases the bytes that no receiver needed. */
    void close() {
        if (left > 0) {
            budget.arrived(left);
            left = 0;
        }
    }
}
