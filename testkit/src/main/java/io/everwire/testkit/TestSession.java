package io.everwire.testkit;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.WebSocketLine;
import org.jspecify.annotations.Nullable;

/** One client of the test generation. It is closed with its WebSocket. */
final class TestSession implements Session {
    private final SessionListener listener;
    private final TestWire wire = new TestWire();
    private @Nullable WebSocketLine line;
    private int waiting;
    private boolean over;

    TestSession(SessionListener listener) {
        this.listener = listener;
    }

    @Override
    public void lineOpened(WebSocketLine opened, long now) {
        if (over) {
            opened.close(WebSocketLine.NO_STATUS);
            return;
        }
        line = opened;
        listener.transport("websocket");
    }

    @Override
    public void text(WebSocketLine from, Bytes message, long now) {
        if (!over) {
            report(wire.text(message));
        }
    }

    @Override
    public void binary(WebSocketLine from, Bytes message, long now) {
        if (!over) {
            report(wire.binary(message));
        }
    }

    @Override
    public void lineClosed(WebSocketLine closed, CloseReason reason, long now) {
        end(reason);
    }

    @Override
    public boolean writable() {
        return line != null && !over && line.writable();
    }

    @Override
    public int waiting() {
        return over || writable() ? 0 : waiting;
    }

    @Override
    public void send(Encoded encoded, long now) {
        if (line != null && !over) {
            waiting = line.writable() ? 0 : waiting + encoded.size();
            line.text(encoded.text());
            encoded.attachments().forEach(line::binary);
        }
    }

    @Override
    public void close(CloseReason reason, long now) {
        if (line != null) {
            line.close(WebSocketLine.NO_STATUS);
        }
        end(reason);
    }

    @Override
    public void tick(long now) {}

    @Override
    public void request(Exchange exchange, long now) {
        exchange.drop();
        end(CloseReason.TRANSPORT_ERROR);
    }

    @Override
    public void body(Exchange exchange, Bytes body, long now) {
        exchange.drop();
    }

    @Override
    public void oversized(Exchange exchange, long now) {
        exchange.drop();
    }

    @Override
    public void gone(Exchange exchange, long now) {}

    private void report(@Nullable Packet packet) {
        if (packet != null) {
            listener.packet(packet);
        }
    }

    private void end(CloseReason reason) {
        if (!over) {
            over = true;
            listener.closed(reason);
        }
    }
}
