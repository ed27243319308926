package io.everwire;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A room of a namespace that runs tasks one at a time: a match of a game, or a document that several people edit. State that only tasks
 * of one room use needs no lock. As an {@link Executor} it also runs the stages of a {@code CompletableFuture}. Immutable; any thread
 * may use it. Equal if the namespaces and the names are the same.
 *
 * <p>The room need not have sockets. It uses memory only while it has tasks, so an object of this type needs no close. Tasks run on
 * this server: in a cluster, each server has its own tasks of a room.
 */
public interface Room extends Executor {
    /** Returns the name. */
    String name();

    /** Returns the namespace that it belongs to. */
    Namespace namespace();

    /**
     * Runs a task on a handler thread after all earlier tasks of this room. Tasks of one thread run in its order; a task sees all that
     * earlier ones wrote. Other rooms and handlers of sockets run at the same time, also those of sockets in this room: a handler hands
     * over its work by this method. A task may block, in each {@link HandlerMode}; it then delays only its own room. An exception of a
     * task is logged, and the next task runs.
     *
     * <p>{@link SocketIoServer#close} waits for the tasks, at most {@link ServerOptions.Builder#closeTimeout}. Later tasks are rejected.
     *
     * @throws RejectedExecutionException if {@link LimitOptions.Builder#maxRoomTasks} or {@link
     *     LimitOptions.Builder#maxRoomTasksTotal} is reached, or the server is closed
     */
    @Override
    void execute(Runnable task);
}
