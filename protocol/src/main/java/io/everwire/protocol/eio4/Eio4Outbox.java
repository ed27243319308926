package io.everwire.protocol.eio4;

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
final class Eio4Outbox {
    private final int maxQueued;
    private final boolean base64;
    /** What waits; a client on a WebSocket has nothing here, and no list for it (benchmark idle). */
    private List<Encoded> queue = List.of();

    private @Nullable Exchange poll;
    private @Nullable WebSocketLine line;
    /** Bytes that wait: here for a poll, or on a line since it was last found writable. */
    private long queuedBytes;

    /** @param base64 whether the client takes no binary, not even on a WebSocket */
    Eio4Outbox(int maxQueued, boolean base64) {
        this.maxQueued = maxQueued;
        this.base64 = base64;
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
            queue(packet);
            flush();
        }
        return queuedBytes <= maxQueued;
    }

    /** Puts packets before all that waits, which is what was sent before the client's first request got here. */
    void prepend(List<Encoded> packets) {
        List<Encoded> all = new ArrayList<>(packets);
        all.addAll(queue);
        queue = all;
    }

    private void queue(Encoded packet) {
        if (queue.isEmpty()) {
            queue = new ArrayList<>(1);
        }
        queue.add(packet);
    }

    /** A poll arrived: it is answered with what waits, or waits itself. */
    void poll(Exchange exchange) {
        poll = exchange;
        flush();
    }

    /** Answers the pending poll, if there is one, with a packet that is not worth waiting for. */
    void release(Bytes packet) {
        answer(packet, false);
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
        flushTo(line);
    }

    /** Forgets what waits and closes the line. */
    void close() {
        queue = List.of();
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
            Bytes payload = Eio4Payload.join(queue);
            boolean compress = queue.stream().anyMatch(Encoded::compress);
            queue = List.of();
            queuedBytes = 0;
            answer(payload, compress);
        }
    }

    private void answer(Bytes payload, boolean compress) {
        if (poll != null) {
            poll.reply(Eio4Responses.poll(payload, compress));
            poll = null;
        }
    }

    private void flushTo(WebSocketLine line) {
        for (Encoded packet : queue) {
            write(line, packet);
        }
        queue = List.of();
        queuedBytes = 0;
    }

    /** The bytes were made for all receivers: nothing is copied here. */
    private void write(WebSocketLine line, Encoded packet) {
        if (!packet.text().isEmpty()) {
            line.text(packet.text(), packet.options());
        }
        for (Bytes attachment : packet.attachments()) {
            if (base64) {
                line.text(Eio4Payload.binaryAsText(attachment), packet.options());
            } else {
                line.binary(attachment, packet.options());
            }
        }
    }
}
