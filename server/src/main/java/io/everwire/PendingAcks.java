package io.everwire;

import io.everwire.protocol.Packet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What awaits answers of one socket. Each ends once: answered, timed out, or with the socket. */
final class PendingAcks {
    /** Somebody who waits. */
    interface Pending {
        /** Called in a turn of the session. */
        void answered(Packet.Ack ack);

        /** Called on any thread. */
        void failed(RuntimeException reason);
    }

    private final Socket socket;

    /** There when something was awaited: most sockets are never asked (benchmark idle). */
    private volatile @Nullable Map<Long, Pending> awaited;

    PendingAcks(Socket socket) {
        this.socket = socket;
    }

    <T> Call<T> open(TypeToken<T> answer, long timeoutMillis) {
        Call<T> call = new Call<>(socket, socket.namespace().nextAckId(), answer);
        toAwait().put(call.ackId, call);
        call.timer = socket.slot().schedule(() -> fail(call.ackId, new AckTimeoutException()), timeoutMillis);
        return call;
    }

    /** Waits for the answer to what is about to be sent; fails at once if the socket has gone. */
    void await(long ackId, Pending waiting) {
        toAwait().put(ackId, waiting);
        // In this order: whoever goes after this look finds the entry.
        if (!socket.connected()) {
            fail(ackId, new DisconnectedException());
        }
    }

    /** Answers a call; an id that nothing waits for is ignored, as late answers are. */
    void answer(Packet.Ack ack) {
        Pending waiting = remove(ack.ackId());
        if (waiting != null) {
            waiting.answered(ack);
        }
    }

    void fail(long ackId, RuntimeException reason) {
        Pending waiting = remove(ackId);
        if (waiting != null) {
            waiting.failed(reason);
        }
    }

    /** In the order of the calls, as whoever waits for several of them expects. */
    void failAll() {
        Map<Long, Pending> pending = awaited;
        // Whoever makes it after this look finds the socket gone.
        for (Long ackId : pending == null
                ? List.<Long>of()
                : pending.keySet().stream().sorted().toList()) {
            fail(ackId, new DisconnectedException());
        }
    }

    private @Nullable Pending remove(long ackId) {
        Map<Long, Pending> pending = awaited;
        return pending == null ? null : pending.remove(ackId);
    }

    private Map<Long, Pending> toAwait() {
        Map<Long, Pending> pending = awaited;
        return pending == null ? create() : pending;
    }

    private synchronized Map<Long, Pending> create() {
        Map<Long, Pending> pending = awaited;
        if (pending == null) {
            pending = new ConcurrentHashMap<>(2);
            awaited = pending;
        }
        return pending;
    }

    /** One call. */
    static final class Call<T> implements Pending {
        private final Socket socket;
        private final long ackId;
        private final TypeToken<T> answer;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable Future<?> timer;

        Call(Socket socket, long ackId, TypeToken<T> answer) {
            this.socket = socket;
            this.ackId = ackId;
            this.answer = answer;
        }

        long ackId() {
            return ackId;
        }

        CompletableFuture<T> future() {
            return future;
        }

        @Override
        public void answered(Packet.Ack ack) {
            end(() -> complete(new Arguments(
                    ack.data(), 0, ack.attachments(), socket.outgoing().codec())));
        }

        @Override
        public void failed(RuntimeException reason) {
            end(() -> future.completeExceptionally(reason));
        }

        /** Off the event loop, and not through the mailbox either: a handler of the same socket may be waiting for it. */
        private void end(Runnable completion) {
            if (timer != null) {
                timer.cancel(false);
            }
            socket.server().aside(completion);
        }

        @SuppressWarnings("NullAway") // a client may answer with nothing
        private void complete(Arguments arguments) {
            try {
                future.complete(arguments.size() == 0 ? null : arguments.as(0, answer));
            } catch (RuntimeException | Error e) {
                future.completeExceptionally(e);
            }
        }
    }
}
