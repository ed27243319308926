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

    /**
     * Removes a port that was closed. A host calls it before the future of {@link Host#close} is done, so that the server no longer
     * knows the port when its own {@code close} returns. Does nothing if the port was not added.
     */
    void closed(Host host);

    /**
     * Adds a part of a host that owns no port, such as the event loops of a filter. {@link SocketIoServer#closeAsync} closes it once,
     * after the last session, and is done only when {@link AutoCloseable#close} has returned. {@code close} runs on a thread of its own,
     * so it may block; if it throws, {@code closeAsync} fails with the exception as its cause.
     *
     * @return removes the part without closing it, for a host that ends earlier than the server
     * @throws IllegalStateException if the server is closed; the host must close the part
     */
    Registration attach(AutoCloseable part);

    /**
     * Logs that a port of the application serves this server, with the settings that decide which clients can connect. A host without a
     * port of its own calls it when it is ready.
     *
     * @param host the kind of the host and its main settings in a few words, such as {@code a filter in Apache Tomcat/11.0.22}
     */
    void serving(String host);

    /** Runs a task of the application where handlers run: on a handler thread, or on this thread in {@link HandlerMode#EVENT_LOOP}. */
    void execute(Runnable task);
}
