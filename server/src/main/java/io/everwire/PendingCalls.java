package io.everwire;

import io.everwire.protocol.Packet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The calls of one socket that await their answers. Each ends once: answered, timed out, or with the socket. */
final class PendingCalls {
    private final Socket socket;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Call<?>> pending = new ConcurrentHashMap<>(2);

    PendingCalls(Socket socket) {
        this.socket = socket;
    }

    <T> Call<T> open(TypeToken<T> answer, long timeoutMillis) {
        Call<T> call = new Call<>(ids.getAndIncrement(), answer);
        pending.put(call.ackId, call);
        call.timer = socket.slot().schedule(() -> fail(call.ackId, new AckTimeoutException()), timeoutMillis);
        return call;
    }

    /** Answers a call; an id that nothing waits for is ignored, as late answers are. */
    void answer(Packet.Ack ack) {
        Call<?> call = pending.remove(ack.ackId());
        if (call != null) {
            call.end(
                    socket,
                    () -> call.complete(new Arguments(
                            ack.data(), 0, ack.attachments(), socket.outgoing().codec())));
        }
    }

    void fail(long ackId, RuntimeException reason) {
        Call<?> call = pending.remove(ackId);
        if (call != null) {
            call.end(socket, () -> call.future.completeExceptionally(reason));
        }
    }

    void failAll() {
        for (Long ackId : List.copyOf(pending.keySet())) {
            fail(ackId, new DisconnectedException());
        }
    }

    /** One call. */
    static final class Call<T> {
        private final long ackId;
        private final TypeToken<T> answer;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable Future<?> timer;

        Call(long ackId, TypeToken<T> answer) {
            this.ackId = ackId;
            this.answer = answer;
        }

        long ackId() {
            return ackId;
        }

        CompletableFuture<T> future() {
            return future;
        }

        /** Off the event loop, and not through the mailbox either: a handler of the same socket may be waiting for it. */
        private void end(Socket socket, Runnable completion) {
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
