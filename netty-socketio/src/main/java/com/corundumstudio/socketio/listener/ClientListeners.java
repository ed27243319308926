package com.corundumstudio.socketio.listener;

/** Adds listeners of the clients of a namespace. */
public interface ClientListeners {
    /** Adds a listener of an event with several arguments. */
    void addMultiTypeEventListener(String eventName, MultiTypeEventListener listener, Class<?>... eventClass);

    /** Adds a listener of an event with one argument. */
    <T> void addEventListener(String eventName, Class<T> eventClass, DataListener<T> listener);

    /** Adds a listener of all events that have a listener. */
    void addEventInterceptor(EventInterceptor eventInterceptor);

    /** Adds a listener of clients that have left. */
    void addDisconnectListener(DisconnectListener listener);

    /** Adds a listener of clients that have joined. */
    void addConnectListener(ConnectListener listener);

    /**
     * Adds no listener.
     *
     * @throws UnsupportedOperationException always: Everwire answers heartbeats itself
     */
    void addPingListener(PingListener listener);

    /**
     * Adds no listener.
     *
     * @throws UnsupportedOperationException always: Everwire answers heartbeats itself
     */
    void addPongListener(PongListener listener);

    /** Adds the annotated methods of an object. */
    void addListeners(Object listeners);

    /** Adds the annotated methods of several objects. */
    <L> void addListeners(Iterable<L> listeners);

    /**
     * Adds the annotated methods of a class, called on an object.
     *
     * @throws IllegalArgumentException if an annotated method has other parameters than its annotation allows
     */
    void addListeners(Object listeners, Class<?> listenersClass);

    /** Removes all listeners of an event. */
    void removeAllListeners(String eventName);
}
