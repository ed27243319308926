package io.everwire.engine;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.ReachedLimit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions by their private ids, and the memory that they keep. A session whose client has sent nothing but
 * the request that opened it is <i>unused</i>: if space is needed, the oldest unused sessions are closed before a new
 * one is rejected, so that requests which open sessions and do nothing else keep nobody out. Any thread.
 */
final class SessionTable {
    /** The memory of a session and its WebSocket or poll, in bytes, without its request (benchmark idle). */
    static final int SESSION = 2_048;

    /** A session that keeps as much is closed if the limit is reached; a smaller one is seldom an attacker's. */
    private static final int HEAVY = 4_096;

    private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();

    private final UnusedSessions unused;
    private final int maxUnused;
    private final MemoryLimits limits;
    private final LimitLog log;
    private final MemoryBudget kept;

    /** @param clock milliseconds that only move forward */
    SessionTable(EngineOptions options, LongSupplier clock, LimitLog log) {
        this.maxUnused = options.maxUnused();
        this.limits = options.memory();
        this.unused = new UnusedSessions(options.unusedTimeout(), clock, log);
        this.log = log;
        this.kept = new MemoryBudget("maxSessionBytesTotal", limits.sessions(), log, null);
    }

    @Nullable
    EngineSession get(String sid) {
        return sessions.get(sid);
    }

    int size() {
        return sessions.size();
    }

    boolean isEmpty() {
        return sessions.isEmpty();
    }

    Collection<EngineSession> all() {
        return sessions.values();
    }

    /** Returns the bytes that open sessions keep. */
    long kept() {
        return kept.held();
    }

    /**
     * Returns the limit that one more session that keeps {@code bytes} would pass, or null. Unused sessions are closed
     * first if necessary.
     */
    @Nullable
    ReachedLimit reached(int bytes) {
        long excess = kept.held() + bytes - limits.sessions();
        if (excess > 0) {
            closeUnused(excess + limits.sessions() / 64);
            excess = kept.held() + bytes - limits.sessions();
        }
        return excess <= 0
                ? null
                : new ReachedLimit("maxSessionBytesTotal", limits.sessions(), limits.sessions() + excess);
    }

    /** Adds a session; returns false if its id is in use. */
    boolean add(EngineSession session) {
        return sessions.putIfAbsent(session.sid(), session) == null;
    }

    /** Marks an added session as unused until {@link #used}. Called on its event loop. */
    void unused(EngineSession session, HostExchange opening) {
        if (unused.add(session, new Opened(session, opening)) > maxUnused) {
            log.report(
                    new ReachedLimit("maxUnconnected", 2L * maxUnused, 2L * maxUnused + 1),
                    "the oldest session that was never used is closed");
            closeUnused(SESSION);
        }
    }

    /** The client of a session has sent a second request, whose body is complete. */
    void used(EngineSession session) {
        unused.remove(session);
    }

    /** Removes a closed session. */
    void remove(EngineSession session) {
        sessions.remove(session.sid(), session);
        used(session);
        keep(session, 0);
    }

    /** Sets the bytes that a session keeps; 0 when it is closed, after which no other value counts. */
    void keep(EngineSession session, int bytes) {
        synchronized (session) {
            int before = session.kept;
            if (before < 0) {
                return;
            }
            session.kept = bytes == 0 ? -1 : bytes;
            Heavy heavy = session.heavy;
            if (heavy == null && bytes < HEAVY) {
                kept.add(bytes - before);
                return;
            }
            if (heavy == null) {
                heavy = new Heavy(session);
                session.heavy = heavy;
                kept.add(-before);
            }
            kept.hold(heavy, bytes);
        }
    }

    /** Adds {@code delta} to the bytes that a session keeps. */
    void keepMore(EngineSession session, int delta) {
        if (delta == 0) {
            return;
        }
        synchronized (session) {
            keep(session, Math.max(1, session.kept + delta));
        }
    }

    /** Closes sessions without queued bytes until {@code left} stay, or as many as there are. */
    void closeDownTo(int left) {
        List<EngineSession> open =
                sessions.values().stream().filter(session -> !session.ending()).toList();
        open.stream()
                .filter(session -> session.waiting() == 0)
                .limit(Math.max(0, open.size() - left))
                .forEach(session -> session.close(CloseReason.SERVER_SHUTTING_DOWN));
    }

    /** Closes the sessions on event loops that are about to shut down, at once. */
    void closeOn(Collection<? extends EventLoop> ending) {
        for (EngineSession session : sessions.values()) {
            if (ending.contains(session.loop())) {
                session.close(CloseReason.TRANSPORT_CLOSE);
                // The first close may await the client's next request.
                session.close(CloseReason.TRANSPORT_CLOSE);
            }
        }
    }

    /** Closes the oldest unused sessions until they free {@code bytes}. Those with an unanswered request are in use. */
    private void closeUnused(long bytes) {
        for (UnusedSessions.Unused oldest : unused.removeOldest(bytes)) {
            EngineSession session = ((Opened) oldest).session;
            // Counted as free now: a burst of requests must not close more sessions than it needs.
            keep(session, 0);
            session.evict();
        }
    }

    /** A session with the request that opened it. */
    private static final class Opened extends UnusedSessions.Unused {
        private final EngineSession session;
        private final HostExchange request;

        private Opened(EngineSession session, HostExchange request) {
            this.session = session;
            this.request = request;
        }

        @Override
        EventLoop loop() {
            return session.loop();
        }

        @Override
        int kept() {
            return session.kept;
        }

        @Override
        boolean isAnswered() {
            return request.abandoned();
        }

        @Override
        boolean isConnected() {
            return request.connected() || session.openPosts(0) > 0;
        }

        @Override
        void evict() {
            session.evict();
        }
    }

    /** A session that keeps much memory. */
    static final class Heavy extends MemoryBudget.Holder {
        private final EngineSession session;

        private Heavy(EngineSession session) {
            this.session = session;
        }

        @Override
        protected void evict() {
            session.evict();
        }
    }
}
