package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.WebSocketLine;
import java.util.List;

/** A WebSocket, whoever opened it: each packet is one text message. */
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

    @Override
    public void supersede() {
        close();
    }

    @Override
    public void close() {
        line.close(WebSocketLine.NO_STATUS);
    }

    /** Without words: the client comes back by itself when its WebSocket closes. */
    @Override
    public void closeForReconnect() {
        close();
    }

    @Override
    public boolean isOn(Object port) {
        return line.equals(port);
    }
}
