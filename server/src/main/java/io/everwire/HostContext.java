package io.everwire;

/**
 * A server as its hosts see it, for authors of hosts: {@code server.unwrap(HostContext.class)}. Any thread may call it.
 */
public interface HostContext {
    /**
     * Adds an open port. The server knows it from then on ({@link SocketIoServer#hosts}) and closes it when the server is closed. A host
     * calls it for each port that it opens.
     *
     * @throws IllegalStateException if the server is closed; the host must close the port
     */
    void opened(Host host);

    /** Removes a port that was closed. Does nothing if it was not added. */
    void closed(Host host);

    /** Runs a task of the application where handlers run: on a handler thread, or on this thread in {@link HandlerMode#EVENT_LOOP}. */
    void execute(Runnable task);
}
