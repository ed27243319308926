package io.everwire.benchmarks.load;

/** What one scenario does to one server. Used by one thread; works on the loop of its {@link Clients}. */
public interface Load extends AutoCloseable {
    /** Connects everybody; returns when all are ready. */
    void open();

    /** Begins to send, and goes on as fast as answers come. */
    void start();

    /** Sends nothing new; returns when everything is answered. */
    void stop();

    /**
     * How many messages were answered since {@link #open}; whatever the scenario counts.
     *
     * @throws IllegalStateException if a client is in trouble
     */
    long done();

    /** How long they took since the last call. */
    Latencies latencies();

    /** Disconnects everybody. */
    @Override
    void close();
}
