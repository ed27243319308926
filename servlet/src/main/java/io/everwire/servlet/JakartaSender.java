package io.everwire.servlet;

import io.everwire.engine.EngineSession;
import io.everwire.engine.LogSanitizer;
import io.everwire.protocol.Bytes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendResult;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the messages of one WebSocket to the container, one at a time: several at once are an error in Tomcat. Used on
 * the strand only, except {@link #writable}.
 */
final class JakartaSender implements Strand.Unflushed {
    /** The part of a line that a sender needs. Called on the strand. */
    interface Owner {
        /** The container took a message, and no other one is queued. */
        void sent();

        /** The container cannot send. */
        void sendFailed();
    }

    /** A WebSocket is unwritable above the high mark, and writable again below the low mark. */
    private static final int HIGH_MARK = 64 * 1024;

    private static final int LOW_MARK = 32 * 1024;

    private static final Logger log = LoggerFactory.getLogger(JakartaSender.class);

    private final Strand strand;
    private final EngineSession session;
    private final Owner owner;
    private final Queue<Message> queue = new ArrayDeque<>(4);
    private RemoteEndpoint.@Nullable Async remote;

    private volatile boolean writable = true;
    private long queuedBytes;
    private boolean unflushed;
    private boolean reports;

    /** The message that the container has and did not confirm. */
    private @Nullable Message sending;

    /** The container is being called; it may confirm the message before it returns. */
    private boolean calling;

    private record Message(Bytes bytes, boolean text, boolean shared) {}

    JakartaSender(Strand strand, EngineSession session, Owner owner) {
        this.strand = strand;
        this.session = session;
        this.owner = owner;
    }

    /** Begins to send. */
    void open(RemoteEndpoint.Async to) {
        remote = to;
    }

    /** Returns whether the peer reads what is sent to it. Any thread. */
    boolean writable() {
        return writable;
    }

    /** Has the queued bytes reported to the session after every flush from now on, even if a flush leaves none. */
    void reportPending() {
        reports = true;
    }

    /** Returns whether the container has confirmed all messages. */
    boolean isEmpty() {
        return sending == null && queue.isEmpty();
    }

    /** Adds a message, which is sent before the strand is released. */
    void add(Bytes message, boolean text, boolean shared) {
        queue.add(new Message(message, text, shared));
        queuedBytes += message.length();
        if (queuedBytes > HIGH_MARK) {
            writable = false;
        }
        if (!unflushed) {
            unflushed = true;
            strand.flushSoon(this);
        }
    }

    /** Discards the messages that the container does not have. */
    void discard() {
        remote = null;
        queue.clear();
        queuedBytes = 0;
        writable = false;
        if (reports) {
            session.unread(0);
        }
    }

    @Override
    public void flushIfDirty() {
        unflushed = false;
        sendQueued();
        report();
        if (isEmpty()) {
            owner.sent();
        }
    }

    private void sendQueued() {
        RemoteEndpoint.Async to = remote;
        while (to != null && sending == null && !queue.isEmpty()) {
            Message next = queue.remove();
            sending = next;
            calling = true;
            try {
                send(to, next);
            } catch (RuntimeException closed) {
                log.debug("a message was not sent: {}", LogSanitizer.of(closed));
                sending = null;
                owner.sendFailed();
                return;
            } finally {
                calling = false;
            }
            to = remote;
        }
    }

    private void send(RemoteEndpoint.Async to, Message message) {
        Bytes bytes = message.bytes();
        if (message.text()) {
            to.sendText(
                    message.shared() ? strand.memory().strings().of(bytes) : bytes.toString(),
                    result -> result(message, result));
        } else {
            ByteBuffer data = ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length());
            to.sendBinary(data.asReadOnlyBuffer(), result -> result(message, result));
        }
    }

    /** Called by the container on any thread, also before {@link #send} returned. */
    private void result(Message message, SendResult result) {
        if (strand.inLoop() && calling) {
            confirmed(message, result);
        } else {
            strand.execute(() -> {
                confirmed(message, result);
                flushIfDirty();
            });
        }
    }

    private void confirmed(Message message, SendResult result) {
        if (sending != message) {
            return;
        }
        sending = null;
        if (remote == null) {
            return;
        }
        if (!result.isOK()) {
            log.debug("a message was not sent: {}", LogSanitizer.of(result.getException()));
            owner.sendFailed();
            return;
        }
        queuedBytes -= message.bytes().length();
        if (!writable && queuedBytes <= LOW_MARK) {
            writable = true;
            session.writableChanged();
        }
    }

    private void report() {
        if (remote != null && (reports || queuedBytes > 0)) {
            reports = true;
            session.unread(queuedBytes);
        }
    }
}
