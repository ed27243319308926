package io.everwire.core;

import io.everwire.json.JsonCodec;
import java.util.concurrent.Future;

/** A socket whose client is asked for acks. Any thread may call it. */
interface AckTarget {
    /** Returns the public id. */
    String id();

    /** Returns whether the client's generation has acks. */
    boolean hasAcks();

    /** Returns whether the socket is connected. */
    boolean connected();

    /** Returns the next ack id of the namespace. */
    long nextAckId();

    /** Returns the acks that the socket waits for. */
    PendingAcks pendingAcks();

    /** Returns the codec that reads answers. */
    JsonCodec codec();

    /** Runs a task in the session's turn after a delay. */
    Future<?> schedule(Runnable task, long delayMillis);

    /** Runs a task that may block on a handler thread, in no order. */
    void completeOffLoop(Runnable task);
}
