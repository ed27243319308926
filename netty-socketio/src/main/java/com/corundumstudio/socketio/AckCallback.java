package com.corundumstudio.socketio;

/**
 * Receives the ack of a client.
 *
 * @param <T> the type of the first value of the ack
 */
public abstract class AckCallback<T> {
    /** The type of the first value. */
    protected final Class<T> resultClass;

    /** The timeout in seconds; −1 for none. */
    protected final int timeout;

    /** Creates a callback without a timeout. */
    public AckCallback(Class<T> resultClass) {
        this(resultClass, -1);
    }

    /** @param timeout in seconds; −1 for none */
    public AckCallback(Class<T> resultClass, int timeout) {
        this.resultClass = resultClass;
        this.timeout = timeout;
    }

    /** Called with the first value of the ack; null if it has none. */
    public abstract void onSuccess(T result);

    /** Called if the ack was late, or the client disconnected without one. */
    public void onTimeout() {}

    /** Returns the timeout in seconds; −1 for none. */
    public int getTimeout() {
        return timeout;
    }

    /** Returns the type of the first value. */
    public Class<T> getResultClass() {
        return resultClass;
    }
}
