package com.corundumstudio.socketio.listener;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;

/**
 * Listens to an event with one argument.
 *
 * @param <T> the type of the argument
 */
@FunctionalInterface
public interface DataListener<T> {
    /**
     * Called on a thread that may block; for one event of a client at a time, in order.
     *
     * @param data the first argument; null if the event has none
     * @param ackSender sends the ack
     */
    void onData(SocketIOClient client, T data, AckRequest ackSender) throws Exception;
}
