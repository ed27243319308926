package io.everwire.servlet;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The right to use the container's request and response, which it recycles once they are complete. Exactly one thread
 * is granted the right to complete them; nobody uses them afterwards. Any thread; never blocks.
 */
final class ExchangeState {
    private enum State {
        /** The container's thread is in the filter, and no response is known. */
        FILTERED,
        /** As FILTERED, but a response is known. */
        ANSWERED,
        /** The filter made the request asynchronous. Nobody writes. */
        ASYNCHRONOUS,
        /** A thread writes. */
        WRITING,
        /** As WRITING, but the container failed: the writer must complete. */
        FAILED,
        /** One thread completes, or has. */
        DONE
    }

    /** The turns for which a container's thread lets a writer finish, whose writes do not block. */
    private static final int TURNS = 10_000;

    private final int turns;
    private final AtomicReference<State> state = new AtomicReference<>(State.FILTERED);

    ExchangeState() {
        this(TURNS);
    }

    /** @param turns the turns for which {@link #fail} lets a writer finish */
    ExchangeState(int turns) {
        this.turns = turns;
    }

    /**
     * Notes that a response is known.
     *
     * @return whether the container's thread writes it; otherwise the request is asynchronous, or done
     */
    boolean answer() {
        return state.compareAndSet(State.FILTERED, State.ANSWERED);
    }

    /** Returns whether a response is known while the container's thread is in the filter. */
    boolean answered() {
        return state.get() == State.ANSWERED;
    }

    /**
     * Notes that the request is asynchronous. Called on the container's thread.
     *
     * @return whether a response was known before
     */
    boolean async() {
        if (state.compareAndSet(State.FILTERED, State.ASYNCHRONOUS)) {
            return false;
        }
        return state.compareAndSet(State.ANSWERED, State.ASYNCHRONOUS);
    }

    /** Takes the right to write. {@link #endWrite} or {@link #complete} must follow if it returns true. */
    boolean beginWrite() {
        return state.compareAndSet(State.ASYNCHRONOUS, State.WRITING);
    }

    /**
     * Returns the right to write.
     *
     * @return false if the container failed meanwhile: the caller must complete the request
     */
    boolean endWrite() {
        if (state.compareAndSet(State.WRITING, State.ASYNCHRONOUS)) {
            return true;
        }
        state.set(State.DONE);
        return false;
    }

    /** Ends the use by the thread that has the right to write: it must complete the request. */
    void complete() {
        state.set(State.DONE);
    }

    /**
     * Ends the use because the container failed, or the server gives up the request. A writer is waited for shortly.
     *
     * @return whether the caller must complete the request
     */
    @SuppressWarnings("ThreadPriorityCheck") // A hint only: the result does not depend on the scheduler.
    boolean fail() {
        for (int turn = 0; turn < turns; turn++) {
            State now = state.get();
            if (now == State.DONE) {
                return false;
            }
            if (now == State.WRITING) {
                state.compareAndSet(State.WRITING, State.FAILED);
            } else if (now == State.FAILED) {
                Thread.yield();
            } else if (state.compareAndSet(now, State.DONE)) {
                return true;
            }
        }
        return false;
    }

    /** Ends the use in the filter, without asynchronous processing. Called on the container's thread. */
    void endInFilter() {
        state.set(State.DONE);
    }

    /** Returns whether nobody may use the request any more. */
    boolean isDone() {
        return state.get() == State.DONE;
    }
}
