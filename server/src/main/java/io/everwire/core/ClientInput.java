package io.everwire.core;

import io.everwire.core.dispatch.InputQueue;
import io.everwire.engine.EngineSession;
import io.everwire.engine.MemoryBudget;
import io.everwire.protocol.ReachedLimit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** The input of one client that is not handled yet. The client is not read while it is too much. Any thread. */
final class ClientInput implements InputQueue {
    private static final AtomicIntegerFieldUpdater<ClientInput> QUEUED =
            AtomicIntegerFieldUpdater.newUpdater(ClientInput.class, "queued");

    private final EngineSession session;
    private final int most;
    private volatile int queued;
    private volatile boolean paused;

    /** @param most the bytes above which the client is not read; it is read again at half of them */
    ClientInput(EngineSession session, int most) {
        this.session = session;
        this.most = most;
    }

    @Override
    public void add(int bytes) {
        if (QUEUED.addAndGet(this, bytes) > most && !paused) {
            // In this order: a thread that sees the mark resumes reading after this call paused it.
            session.reading(false);
            paused = true;
            session.limitReached(ReachedLimit.beyond("maxPendingInput", most), "the client is read more slowly");
            resumeReading();
        }
    }

    @Override
    public MemoryBudget budget() {
        return session.inputBudget();
    }

    @Override
    public void evict() {
        session.evict();
    }

    @Override
    public void handled(int bytes) {
        QUEUED.addAndGet(this, -bytes);
        resumeReading();
    }

    private void resumeReading() {
        if (paused && queued <= most / 2 && clearPaused()) {
            session.reading(true);
        }
    }

    /** Returns whether this call cleared the mark. */
    private synchronized boolean clearPaused() {
        if (!paused) {
            return false;
        }
        paused = false;
        return true;
    }
}
