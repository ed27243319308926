package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.WebSocketLine;
import java.util.List;

/** A WebSocket of websocket or flashsocket: each packet is one text message, without framing. */
record Gen1WebSocket(WebSocketLine line) implements Gen1Connection {
    @Override
    public boolean isPoll() {
        return false;
    }

    @Override
    public void send(Bytes packet) {
        line.text(packet);
    }

    @Override
    public void sendAll(List<Bytes> packets) {
        packets.forEach(line::text);
    }

    @Override
    public void send(Bytes packet, SendOptions options) {
        line.text(packet, options);
    }

    @Override
    public boolean writable() {
        return line.writable();
    }

    /** Closes the older of two WebSockets of a session, which the original did not. */
    @Override
    public void supersede() {
        close();
    }

    @Override
    public void close() {
        line.close(WebSocketLine.NO_STATUS);
    }

    /** Closes without an error packet: the client reconnects by itself when its WebSocket closes. */
    @Override
    public void closeForReconnect() {
        close();
    }

    @Override
    public boolean isOn(Object port) {
        return line.equals(port);
    }
}
