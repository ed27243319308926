package com.corundumstudio.socketio;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Receives the acks of a broadcast.
 *
 * @param <T> the type of the first value of each ack
 */
public class BroadcastAckCallback<T> {
    private final Class<T> resultClass;
    private final int timeout;

    /** The clients that have not answered, and one for the broadcast until all clients are known. */
    private final AtomicInteger missing = new AtomicInteger(1);

    /** @param timeout in seconds; −1 for none */
    public BroadcastAckCallback(Class<T> resultClass, int timeout) {
        this.resultClass = resultClass;
        this.timeout = timeout;
    }

    /** Creates a callback without a timeout. */
    public BroadcastAckCallback(Class<T> resultClass) {
        this(resultClass, -1);
    }

    /** Called if the ack of a client was late, or it disconnected without one. */
    protected void onClientTimeout(SocketIOClient client) {}

    /** Called with the ack of a client. */
    protected void onClientSuccess(SocketIOClient client, T result) {}

    /** Called once, when all clients have answered. */
    protected void onAllSuccess() {}

    AckCallback<T> of(SocketIOClient client) {
        missing.incrementAndGet();
        return new AckCallback<T>(resultClass, timeout) {
            @Override
            public void onSuccess(T result) {
                onClientSuccess(client, result);
                arrived();
            }

            @Override
            public void onTimeout() {
                onClientTimeout(client);
            }
        };
    }

    /** Ends the list of clients. */
    void complete() {
        arrived();
    }

    private void arrived() {
        if (missing.decrementAndGet() == 0) {
            onAllSuccess();
        }
    }
}
