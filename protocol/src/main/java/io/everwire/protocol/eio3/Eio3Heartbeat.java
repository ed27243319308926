package io.everwire.protocol.eio3;

import io.everwire.protocol.SessionOptions;

/**
 * The heartbeat of one session. In this generation the client pings, every {@code pingInterval}. As in the reference, any
 * packet of the client counts.
 */
final class Eio3Heartbeat {
    private final SessionOptions options;
    private long lastReceived;

    Eio3Heartbeat(SessionOptions options) {
        this.options = options;
    }

    /** Records the start of the session, a packet of any kind, or an upgrade. */
    void receive(long now) {
        lastReceived = now;
    }

    /** Returns the time at which the client has been silent for too long. */
    long deadline() {
        return lastReceived + options.pingInterval() + options.pingTimeout();
    }
}
