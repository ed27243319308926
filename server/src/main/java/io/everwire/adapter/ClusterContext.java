package io.everwire.adapter;

/** The server that the adapters of a factory belong to. The server implements it. Any thread may use it. */
public interface ClusterContext {
    /** Returns milliseconds that only move forward, with an arbitrary start. */
    long now();

    /**
     * Runs a task soon, on a thread that may block: never on an event loop, and never inside of this call unless the
     * server runs on virtual time. Tasks have no order.
     */
    void execute(Runnable task);

    /**
     * Runs a task after {@code delayMillis}, as {@link #execute} does.
     *
     * @return cancels the task if it has not begun
     */
    Runnable schedule(Runnable task, long delayMillis);

    /**
     * Logs a problem as a warning. Each kind has a limited number of lines, as the problems of clients have.
     *
     * @param kind one of a small number of names, such as that of an option
     * @param message what happened, and what to do about it; without data that a client sent
     */
    void warn(String kind, String message);

    /** Notifies the observer of the server that {@link Adapter.Factory#state} changed. */
    void stateChanged(ClusterState state);
}
