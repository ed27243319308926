package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.WebSocketLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to one client: its WebSocket, or a poll and the packets that wait for one. On a WebSocket nothing waits here;
 * when a poll is pending, nothing waits either.
 */
final class Eio3Outbox {
    private final int maxQueued;
    private final Eio3Polling polling;
    private final Eio3Dialect dialect;
    private final List<Encoded> queue = new ArrayList<>();
    private @Nullable Exchange poll;
    private @Nullable WebSocketLine line;
    /** Whether the line takes no binary. */
    private boolean base64;
    /** Bytes that wait: here for a poll, or on a line since it was last found writable. */
    private long queuedBytes;

    Eio3Outbox(int maxQueued, Eio3Polling polling, Eio3Dialect dialect) {
        this.maxQueued = maxQueued;
        this.polling = polling;
        this.dialect = dialect;
    }

    /**
     * Sends a packet, now or with the next poll.
     *
     * @return false if more waits than may: nobody reads it
     */
    boolean add(Encoded packet) {
        if (line != null) {
            queuedBytes = line.writable() ? 0 : queuedBytes + packet.size();
            write(line, packet);
        } else {
            queuedBytes += packet.size();
            queue.add(packet);
            flush();
        }
        return queuedBytes <= maxQueued;
    }

    /** Puts packets before all that waits, which is what was sent before the client's first request got here. */
    void prepend(List<Encoded> packets) {
        queue.addAll(0, packets);
    }

    /** A poll arrived: it is answered with what waits, or waits itself. */
    void poll(Exchange exchange) {
        poll = exchange;
        flush();
    }

    /** Answers the pending poll, if there is one, with a packet that is not worth waiting for. */
    void release(Encoded packet) {
        answer(List.of(packet.compress(false)));
    }

    /** Whether this was the pending poll; it is not any more. */
    boolean removePoll(Exchange exchange) {
        boolean was = exchange.equals(poll);
        poll = was ? null : poll;
        return was;
    }

    /** Everything goes over this line from now on, beginning with what waits. */
    void switchTo(WebSocketLine line) {
        this.line = line;
        base64 = Eio3Polling.isBase64(line.head().target());
        flushTo(line);
    }

    /** Forgets what waits and closes the line. */
    void close() {
        queue.clear();
        queuedBytes = 0;
        WebSocketLine last = line;
        line = null;
        if (last != null) {
            last.close(WebSocketLine.NO_STATUS);
        }
    }

    boolean onLine() {
        return line != null;
    }

    boolean isOn(WebSocketLine line) {
        return line.equals(this.line);
    }

    boolean hasPoll() {
        return poll != null;
    }

    boolean canSend() {
        return line != null || poll != null;
    }

    /** Whether a packet would leave at once. */
    boolean writable() {
        return line == null ? poll != null : line.writable();
    }

    /** Bytes that wait for the client. */
    int queuedBytes() {
        return line != null && line.writable() ? 0 : (int) Math.min(queuedBytes, Integer.MAX_VALUE);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    private void flush() {
        if (poll != null && !queue.isEmpty()) {
            answer(List.copyOf(queue));
            queue.clear();
            queuedBytes = 0;
        }
    }

    private void answer(List<Encoded> packets) {
        if (poll != null) {
            poll.reply(polling.answer(packets));
            poll = null;
        }
    }

    private void flushTo(WebSocketLine line) {
        for (Encoded packet : queue) {
            write(line, packet);
        }
        queue.clear();
        queuedBytes = 0;
    }

    /** The bytes were made for all receivers: nothing is copied here. */
    private void write(WebSocketLine line, Encoded packet) {
        if (!packet.text().isEmpty()) {
            line.text(dialect.toLine(packet.text()), packet.options());
        }
        for (Bytes attachment : packet.attachments()) {
            if (base64) {
                line.text(Eio3Payload.base64(attachment), packet.options());
            } else {
                line.binary(attachment, packet.options());
            }
        }
    }
}
