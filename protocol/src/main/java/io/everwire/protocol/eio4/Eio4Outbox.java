package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.WebSocketLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing packets of one session: sends them on its WebSocket or as the response to a poll, or queues them until
 * the next poll.
 *
 * <p>Nothing is queued here while a WebSocket is open or a poll is pending.
 */
final class Eio4Outbox {
    private final int maxQueued;
    private final boolean base64;
    /** The queued packets. A client on a WebSocket has none, and no list for them (benchmark idle). */
    private List<Encoded> queue = List.of();

    /** The pending poll, or null. */
    private @Nullable Exchange poll;
    /** The WebSocket, or null while the client polls. */
    private @Nullable WebSocketLine line;
    /** Bytes queued here for a poll, or written to a WebSocket since it was last found writable. */
    private long queuedBytes;

    /**
     * Creates an empty outbox.
     *
     * @param base64 whether the client takes no binary, not even on a WebSocket
     */
    Eio4Outbox(int maxQueued, boolean base64) {
        this.maxQueued = maxQueued;
        this.base64 = base64;
    }

    /**
     * Sends a packet, now or with the next poll.
     *
     * @return false if the limit is exceeded: the client does not read
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

    /** Returns the exceeded limit. */
    ReachedLimit reached() {
        return new ReachedLimit("maxQueuedBytes", maxQueued, queuedBytes);
    }

    /** Puts packets before all queued ones, which were sent before the client's first request arrived. */
    void prepend(List<Encoded> packets) {
        List<Encoded> all = new ArrayList<>(packets);
        all.addAll(queue);
        queue = all;
    }

    /** Queues a packet. The list is created for the first one, with space for one. */
    private void queue(Encoded packet) {
        if (queue.isEmpty()) {
            queue = new ArrayList<>(1);
        }
        queue.add(packet);
    }

    /** Accepts a poll: it is answered with the queued packets, or stays pending if none are queued. */
    void poll(Exchange exchange) {
        poll = exchange;
        flush();
    }

    /** Answers the pending poll, if any, with a packet that need not be compressed nor queued. */
    void release(Bytes packet) {
        answer(packet, false);
    }

    /** Removes the pending poll if it is this one; returns whether it was. */
    boolean removePoll(Exchange exchange) {
        boolean was = exchange.equals(poll);
        poll = was ? null : poll;
        return was;
    }

    /** Sends everything on this WebSocket from now on, beginning with the queued packets. */
    void switchTo(WebSocketLine line) {
        this.line = line;
        flushTo(line);
    }

    /** Drops the queued packets and closes the WebSocket. */
    void close() {
        queue = List.of();
        queuedBytes = 0;
        WebSocketLine last = line;
        line = null;
        if (last != null) {
            last.close(WebSocketLine.NO_STATUS);
        }
    }

    /** Returns whether a WebSocket is open. */
    boolean onLine() {
        return line != null;
    }

    /** Returns whether this is the session's WebSocket. */
    boolean isOn(WebSocketLine line) {
        return line.equals(this.line);
    }

    /** Returns whether a poll is pending. */
    boolean hasPoll() {
        return poll != null;
    }

    /** Returns whether a packet would be sent now, even if slowly. */
    boolean canSend() {
        return line != null || poll != null;
    }

    /** Returns whether a packet would be written at once. */
    boolean writable() {
        return line == null ? poll != null : line.writable();
    }

    /** Returns the number of bytes queued for the client. */
    int queuedBytes() {
        return line != null && line.writable() ? 0 : (int) Math.min(queuedBytes, Integer.MAX_VALUE);
    }

    /** Returns whether no packet is queued here. */
    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Answers the pending poll with all queued packets. */
    private void flush() {
        if (poll != null && !queue.isEmpty()) {
            Bytes payload = Eio4Payload.join(queue);
            // One packet worth compressing is enough, as in engine.io 6.6.
            boolean compress = queue.stream().anyMatch(Encoded::compress);
            queue = List.of();
            queuedBytes = 0;
            answer(payload, compress);
        }
    }

    /** Answers the pending poll, if any. */
    private void answer(Bytes payload, boolean compress) {
        if (poll != null) {
            poll.reply(Eio4Responses.poll(payload, compress));
            poll = null;
        }
    }

    /** Writes all queued packets to a WebSocket. */
    private void flushTo(WebSocketLine line) {
        for (Encoded packet : queue) {
            write(line, packet);
        }
        queue = List.of();
        queuedBytes = 0;
    }

    /** Writes a packet to a WebSocket. Its bytes were made for all receivers: nothing is copied here. */
    private void write(WebSocketLine line, Encoded packet) {
        if (!packet.text().isEmpty()) {
            line.text(packet.text(), packet.options());
        }
        for (Bytes attachment : packet.attachments()) {
            if (base64) {
                // bAQIDBA== in place of a binary frame.
                line.text(Eio4Payload.binaryAsText(attachment), packet.options());
            } else {
                line.binary(attachment, packet.options());
            }
        }
    }
}
