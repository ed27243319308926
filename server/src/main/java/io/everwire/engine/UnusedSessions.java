package io.everwire.engine;

import io.everwire.protocol.ReachedLimit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The sessions whose clients have sent nothing but the request that opened them, oldest first. Closes a session
 * that stays unused for too long. A session is spared while its first request is not answered (a stream), while the connection of
 * that request is open, or while a request body arrives. Any thread.
 */
final class UnusedSessions {
    /** The shortest time between two checks, in milliseconds: one check closes many sessions. */
    private static final long STEP = 1_000;

    private static final long NEVER = Long.MAX_VALUE;

    /** The number of sessions with an unanswered request that are looked at to close others. */
    private static final int MOST_IN_USE = 64;

    private final long timeout;
    private final LongSupplier clock;
    private final LimitLog log;

    /** The sessions by any key. Guarded by itself. */
    private final Map<Object, Unused> sessions = new LinkedHashMap<>();

    /** The time of the next check, which one timer awaits. Guarded by {@link #sessions}. */
    private long checkAt = NEVER;

    /** An unused session. Any thread. */
    abstract static class Unused {
        /** The time from which the timeout counts. */
        private long since;

        /** Returns the event loop of the session. */
        abstract EventLoop loop();

        /** Returns the bytes that the session keeps. */
        abstract int kept();

        /** Returns whether the request that opened the session has its whole response. */
        abstract boolean isAnswered();

        /** Returns whether a client may be at the other end. */
        abstract boolean isConnected();

        /** Closes the session at once. */
        abstract void evict();
    }

    /**
     * @param timeout in milliseconds; 0 closes no session
     * @param clock milliseconds that only move forward
     */
    UnusedSessions(long timeout, LongSupplier clock, LimitLog log) {
        this.timeout = timeout;
        this.clock = clock;
        this.log = log;
    }

    /** Adds a session, on its event loop. Returns the number of unused sessions. */
    int add(Object key, Unused session) {
        synchronized (sessions) {
            long now = clock.getAsLong();
            session.since = now;
            sessions.put(key, session);
            // A timer is lost if its event loop shuts down: then it is replaced.
            if (timeout > 0 && (checkAt == NEVER || now - timeout > checkAt)) {
                schedule(session, timeout, now);
            }
            return sessions.size();
        }
    }

    /** Removes a session that is used or closed. */
    void remove(Object key) {
        synchronized (sessions) {
            sessions.remove(key);
        }
    }

    /** Removes and returns the oldest answered sessions that keep {@code bytes} together, if there are as many. */
    List<Unused> removeOldest(long bytes) {
        List<Unused> oldest = new ArrayList<>();
        synchronized (sessions) {
            long now = clock.getAsLong();
            Map<Object, Unused> inUse = new LinkedHashMap<>();
            Iterator<Map.Entry<Object, Unused>> each = sessions.entrySet().iterator();
            for (long freed = 0; freed < bytes && inUse.size() < MOST_IN_USE && each.hasNext(); ) {
                Map.Entry<Object, Unused> entry = each.next();
                Unused session = entry.getValue();
                each.remove();
                if (session.isAnswered()) {
                    oldest.add(session);
                    freed += session.kept();
                } else {
                    session.since = now;
                    inUse.put(entry.getKey(), session);
                }
            }
            // At the end from now on: each is looked at once in a round, not for each new session.
            sessions.putAll(inUse);
        }
        return oldest;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A check is never cancelled; the event loop logs its failure.
    private void schedule(Unused session, long delay, long now) {
        checkAt = now + delay;
        session.loop().schedule(this::check, delay);
    }

    private void check() {
        removeExpired().forEach((session, age) -> {
            log.report(new ReachedLimit("unusedTimeout", timeout, age), "a session that was never used is closed");
            session.evict();
        });
    }

    /** Removes and returns the sessions to close, with the time for which each was unused. */
    private Map<Unused, Long> removeExpired() {
        Map<Unused, Long> expired = new LinkedHashMap<>();
        synchronized (sessions) {
            long now = clock.getAsLong();
            checkAt = NEVER;
            Map<Object, Unused> spared = new LinkedHashMap<>();
            Iterator<Map.Entry<Object, Unused>> each = sessions.entrySet().iterator();
            while (each.hasNext()) {
                Map.Entry<Object, Unused> entry = each.next();
                Unused session = entry.getValue();
                if (now - session.since < timeout) {
                    break;
                }
                each.remove();
                if (!session.isAnswered() || session.isConnected()) {
                    session.since = now;
                    spared.put(entry.getKey(), session);
                } else {
                    expired.put(session, now - session.since);
                }
            }
            sessions.putAll(spared);
            scheduleNext(now);
        }
        return expired;
    }

    private void scheduleNext(long now) {
        Iterator<Unused> each = sessions.values().iterator();
        if (each.hasNext()) {
            Unused oldest = each.next();
            long due = oldest.since + timeout - now;
            schedule(oldest, Math.max(due, Math.min(timeout, STEP)), now);
        }
    }
}
