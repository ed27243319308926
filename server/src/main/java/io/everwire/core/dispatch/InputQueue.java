package io.everwire.core.dispatch;

/** Counts the input of one client that waits for handlers, in bytes. */
public interface InputQueue {
    /** Counts input that waits. Called in the session's turn. */
    void add(int bytes);

    /** Counts input that was handled. Any thread. */
    void handled(int bytes);

    /** Returns the bytes that wait. Any thread. */
    int bytes();
}
