package io.everwire.benchmarks.load;

/** The clients of one scenario on one server. Called by one thread; works on the event loop of its {@link Clients}. */
public interface Load extends AutoCloseable {
    /** Connects all clients; returns when all are ready. */
    void open();

    /** Starts to send; each answer is followed by the next message. */
    void start();

    /** Stops sending; returns when every message is answered. */
    void stop();

    /**
     * Returns the number of units since {@link #open}: answered messages, deliveries or connections.
     *
     * @throws IllegalStateException if a client has failed
     */
    long done();

    /** Returns the latencies since the last call. */
    Latencies latencies();

    /** Disconnects all clients. */
    @Override
    void close();
}
