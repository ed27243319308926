package io.everwire.protocol.eio3;

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
final class Eio3Outbox {
    private final int maxQueued;
    private final Eio3Polling polling;
    private final Eio3Dialect dialect;
    /** The queued packets, in order. */
    private final List<Encoded> queue = new ArrayList<>();
    /** The pending poll, or null. */
    private @Nullable Exchange poll;
    /** The WebSocket, or null while the client polls. */
    private @Nullable WebSocketLine line;
    /** Set if the WebSocket takes no binary. */
    private boolean base64;
    /** Bytes queued here for a poll, or written to a WebSocket since it was last found writable. */
    private long queuedBytes;

    /** Creates an empty outbox of a client that polls in this way and writes in this dialect. */
    Eio3Outbox(int maxQueued, Eio3Polling polling, Eio3Dialect dialect) {
        this.maxQueued = maxQueued;
        this.polling = polling;
        this.dialect = dialect;
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
            queue.add(packet);
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
        queue.addAll(0, packets);
        packets.forEach(packet -> queuedBytes += packet.size());
    }

    /** Accepts a poll: it is answered with the queued packets, or stays pending if none are queued. */
    void poll(Exchange exchange) {
        poll = exchange;
        flush();
    }

    /** Answers the pending poll, if any, with a packet that need not be compressed nor queued. */
    void release(Encoded packet) {
        answer(List.of(packet.compress(false)));
    }

    /** Removes the pending poll if it is this one; returns whether it was. */
    boolean removePoll(Exchange exchange) {
        boolean was = exchange.equals(poll);
        poll = was ? null : poll;
        return was;
    }

    /**
     * Sends everything on this WebSocket from now on, beginning with the queued packets. Its own request says whether
     * it takes binary.
     */
    void switchTo(WebSocketLine line) {
        this.line = line;
        base64 = Eio3Polling.isBase64(line.head().target());
        flushTo(line);
    }

    /** Drops the queued packets and closes the WebSocket. */
    void close() {
        queue.clear();
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

    /** Answers the pending poll with as many queued packets as one response carries. */
    private void flush() {
        if (poll != null && !queue.isEmpty()) {
            List<Encoded> sent = queue.subList(0, polling.fitting(queue));
            sent.forEach(packet -> queuedBytes -= packet.size());
            answer(List.copyOf(sent));
            sent.clear();
        }
    }

    /** Answers the pending poll, if any. */
    private void answer(List<Encoded> packets) {
        if (poll != null) {
            poll.reply(polling.answer(packets));
            poll = null;
        }
    }

    /** Writes all queued packets to a WebSocket. */
    private void flushTo(WebSocketLine line) {
        for (Encoded packet : queue) {
            write(line, packet);
        }
        queue.clear();
        queuedBytes = 0;
    }

    /**
     * Writes a packet to a WebSocket. Its bytes were made for all receivers: nothing is copied here, except for names
     * of namespaces that the dialect encodes differently.
     */
    private void write(WebSocketLine line, Encoded packet) {
        if (!packet.text().isEmpty()) {
            line.text(dialect.toLine(packet.text()), packet.options());
        }
        for (Bytes attachment : packet.attachments()) {
            if (base64) {
                // b4AQIDBA== in place of a binary frame.
                line.text(Eio3Payload.base64(attachment), packet.options());
            } else {
                line.binary(attachment, packet.options());
            }
        }
    }
}
