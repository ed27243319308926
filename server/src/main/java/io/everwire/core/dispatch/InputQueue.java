package io.everwire.core.dispatch;

import io.everwire.engine.MemoryBudget;

/** Counts the input of one client that waits for handlers, in bytes. */
public interface InputQueue {
    /** Counts input that waits. Called in the session's turn. */
    void add(int bytes);

    /** Counts input that was handled. Any thread. */
    void handled(int bytes);

    /** Returns the limit for all clients together. */
    MemoryBudget budget();

    /** Closes the client to free memory, if it is still connected. Any thread. */
    void evict();
}
