package io.everwire.core;

import io.everwire.AckTimeoutException;
import io.everwire.DisconnectedException;
import io.everwire.TypeToken;
import io.everwire.core.dispatch.EventArguments;
import io.everwire.protocol.Packet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The acks that one socket waits for. Each ends once: answered, timed out, or with the socket. Any thread may use it. */
final class PendingAcks {
    /** Receives the end of one wait. */
    interface Pending {
        /** Called in the session's turn. */
        void answered(Packet.Ack ack);

        /** Called on any thread. */
        void failed(RuntimeException reason);
    }

    private final AckTarget target;

    /** Created for the first call: many sockets are never called (benchmark idle). */
    private volatile @Nullable Map<Long, Pending> pending;

    PendingAcks(AckTarget target) {
        this.target = target;
    }

    /** Starts a call. The event is sent after this. */
    <T> Call<T> open(TypeToken<T> answer, long timeoutMillis) {
        Call<T> call = new Call<>(target, target.nextAckId(), answer);
        toAdd().put(call.ackId, call);
        call.timer = target.schedule(() -> fail(call.ackId, new AckTimeoutException()), timeoutMillis);
        return call;
    }

    /** Waits for the answer to an event that is sent after this; fails at once if the socket is disconnected. */
    void await(long ackId, Pending waiting) {
        toAdd().put(ackId, waiting);
        // In this order: a socket that disconnects after this check finds the entry.
        if (!target.connected()) {
            fail(ackId, new DisconnectedException());
        }
    }

    /** Ends a wait with an answer; ignores an unknown id, for example of a late answer. */
    void answer(Packet.Ack ack) {
        Pending waiting = remove(ack.ackId());
        if (waiting != null) {
            waiting.answered(ack);
        }
    }

    /** Ends a wait without an answer. */
    void fail(long ackId, RuntimeException reason) {
        Pending waiting = remove(ackId);
        if (waiting != null) {
            waiting.failed(reason);
        }
    }

    /** Ends all waits because the socket is disconnected, in the order of the calls. */
    void failAll() {
        Map<Long, Pending> known = pending;
        // A caller that creates the map after this finds the socket disconnected.
        for (Long ackId : known == null
                ? List.<Long>of()
                : known.keySet().stream().sorted().toList()) {
            fail(ackId, new DisconnectedException());
        }
    }

    private @Nullable Pending remove(long ackId) {
        Map<Long, Pending> known = pending;
        return known == null ? null : known.remove(ackId);
    }

    private Map<Long, Pending> toAdd() {
        Map<Long, Pending> known = pending;
        return known == null ? create() : known;
    }

    private synchronized Map<Long, Pending> create() {
        Map<Long, Pending> known = pending;
        if (known == null) {
            known = new ConcurrentHashMap<>(2);
            pending = known;
        }
        return known;
    }

    /** One call. */
    static final class Call<T> implements Pending {
        private final AckTarget target;
        private final long ackId;
        private final TypeToken<T> answer;
        private final CompletableFuture<@Nullable T> future = new CompletableFuture<>();
        private @Nullable Future<?> timer;

        Call(AckTarget target, long ackId, TypeToken<T> answer) {
            this.target = target;
            this.ackId = ackId;
            this.answer = answer;
        }

        long ackId() {
            return ackId;
        }

        CompletableFuture<@Nullable T> future() {
            return future;
        }

        @Override
        public void answered(Packet.Ack ack) {
            end(() -> complete(new EventArguments(ack.data(), 0, ack.attachments(), target.codec())));
        }

        @Override
        public void failed(RuntimeException reason) {
            end(() -> future.completeExceptionally(reason));
        }

        /** Not in the mailbox of the socket: one of its handlers may wait for this call. */
        private void end(Runnable completion) {
            if (timer != null) {
                timer.cancel(false);
            }
            target.completeOffLoop(completion);
        }

        private void complete(EventArguments arguments) {
            try {
                future.complete(arguments.asAnswer(answer));
            } catch (RuntimeException | Error e) {
                future.completeExceptionally(e);
            }
        }
    }
}
