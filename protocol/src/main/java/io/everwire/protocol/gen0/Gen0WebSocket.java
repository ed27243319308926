package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.WebSocketLine;

/** A WebSocket: each payload is one text message, in both directions. */
record Gen0WebSocket(WebSocketLine line) implements Gen0Connection {
    @Override
    public boolean isPoll() {
        return false;
    }

    @Override
    public void send(Bytes payload) {
        line.text(payload);
    }

    @Override
    public void send(Bytes payload, SendOptions options) {
        line.text(payload, options);
    }

    @Override
    public boolean writable() {
        return line.writable();
    }

    /** Closes the older of two WebSockets of a session, which the original did not (F7). */
    @Override
    public void supersede() {
        close();
    }

    @Override
    public void close() {
        line.close(WebSocketLine.NO_STATUS);
    }

    /** Closes, because a WebSocket has no other end here. */
    @Override
    public void abort() {
        close();
    }

    @Override
    public boolean isOn(Object port) {
        return line.equals(port);
    }
}
