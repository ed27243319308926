package com.corundumstudio.socketio;

import io.everwire.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The ack of an event, which a listener sends. Any thread may use it, also after the listener has returned. */
public class AckRequest {
    private final Arguments arguments;
    private final AtomicBoolean sent = new AtomicBoolean();

    AckRequest(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Returns whether the client waits for an ack. */
    public boolean isAckRequested() {
        return arguments.ackRequested();
    }

    /** Sends the ack at once. Does nothing if it was sent, or if the client does not wait for it. */
    public void sendAckData(Object... objs) {
        sendAckData(Arrays.asList(objs));
    }

    /** Sends the ack at once; see {@link #sendAckData(Object...)}. */
    public void sendAckData(List<Object> objs) {
        if (isAckRequested() && sent.compareAndSet(false, true)) {
            arguments.ack(objs.toArray());
        }
    }

    /** Returns whether the client still waits for the ack. */
    boolean isOpen() {
        return isAckRequested() && !sent.get();
    }
}
