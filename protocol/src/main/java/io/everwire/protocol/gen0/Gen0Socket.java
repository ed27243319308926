package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.WebSocketLine;

/** A WebSocket: each payload is one text message. */
record Gen0Socket(WebSocketLine line) implements Gen0Dressing {
    @Override
    public boolean once() {
        return false;
    }

    @Override
    public void payload(Bytes payload) {
        line.text(payload);
    }

    @Override
    public boolean writable() {
        return line.writable();
    }

    @Override
    public void replaced() {
        close();
    }

    @Override
    public void close() {
        line.close(WebSocketLine.NO_STATUS);
    }

    @Override
    public void abandon() {
        close();
    }

    @Override
    public boolean isOn(Object port) {
        return line.equals(port);
    }
}
