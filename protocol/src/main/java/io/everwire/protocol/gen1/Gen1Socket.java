package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.WebSocketLine;
import java.util.List;

/** A WebSocket, whoever opened it: each packet is one text message. */
record Gen1Socket(WebSocketLine line) implements Gen1Dressing {
    @Override
    public boolean once() {
        return false;
    }

    @Override
    public void packet(Bytes packet) {
        line.text(packet);
    }

    @Override
    public void packets(List<Bytes> packets) {
        packets.forEach(line::text);
    }

    @Override
    public boolean writable() {
        return line.writable();
    }

    @Override
    public void replaced() {
        finish();
    }

    @Override
    public void finish() {
        line.close(WebSocketLine.NO_STATUS);
    }

    /** Without words: the client comes back by itself when its WebSocket closes. */
    @Override
    public void dismiss() {
        finish();
    }

    @Override
    public boolean isOn(Object port) {
        return line.equals(port);
    }
}
