package io.everwire.core;

import io.everwire.AckTimeoutException;
import io.everwire.AcksUnsupportedException;
import io.everwire.BroadcastOperator;
import io.everwire.DisconnectedException;
import io.everwire.EmitResult;
import io.everwire.ServerObserver;
import io.everwire.ServerObserver.CallOutcome;
import io.everwire.SocketOperator;
import io.everwire.TypeToken;
import io.everwire.engine.Delivery;
import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends to one socket with flags. */
record CoreSocketOperator(
        CoreSocket socket, Duration ackTimeout, @Nullable Volatile flag, boolean compressed) implements SocketOperator {
    /** The flag of volatile packets, with their key or null. */
    record Volatile(@Nullable String key, Delivery delivery) {}

    /** Returns an operator without flags. */
    static CoreSocketOperator of(CoreSocket socket) {
        return new CoreSocketOperator(socket, socket.ackTimeout(), null, true);
    }

    @Override
    public SocketOperator timeout(Duration timeout) {
        return new CoreSocketOperator(socket, Preconditions.timeout(timeout), flag, compressed);
    }

    @Override
    public SocketOperator asVolatile() {
        return new CoreSocketOperator(socket, ackTimeout, new Volatile(null, Delivery.VOLATILE), compressed);
    }

    @Override
    public SocketOperator asVolatile(String key) {
        Delivery latest = Delivery.latest(socket.namespaceName(), Objects.requireNonNull(key, "key"));
        return new CoreSocketOperator(socket, ackTimeout, new Volatile(key, latest), compressed);
    }

    @Override
    public SocketOperator compress(boolean compress) {
        return new CoreSocketOperator(socket, ackTimeout, flag, compress);
    }

    @Override
    public BroadcastOperator broadcast() {
        BroadcastOperator others =
                socket.namespace().except(socket.id()).timeout(ackTimeout).compress(compressed);
        if (flag == null) {
            return others;
        }
        return flag.key == null ? others.asVolatile() : others.asVolatile(flag.key);
    }

    @Override
    public EmitResult emit(String event, @Nullable Object... args) {
        return send(socket.packets().event(socket.namespace().name(), Packet.NO_ACK, event, args));
    }

    @Override
    public EmitResult send(@Nullable Object message) {
        return send(socket.packets().message(socket.namespace().name(), message));
    }

    private EmitResult send(Packet packet) {
        return flag == null ? socket.transmit(packet, compressed) : socket.transmit(packet, flag.delivery, compressed);
    }

    @Override
    public <T> CompletableFuture<@Nullable T> call(String event, TypeToken<T> answer, @Nullable Object... args) {
        if (!socket.hasAcks()) {
            return CompletableFuture.failedFuture(
                    new AcksUnsupportedException(socket.handshake().generation()));
        }
        PendingAcks.Call<T> call = socket.pendingAcks().open(answer, ackTimeout.toMillis());
        observe(call.future());
        try {
            Packet packet = socket.packets().event(socket.namespace().name(), call.ackId(), event, args);
            if (socket.transmit(packet, Delivery.RELIABLE, compressed).disconnected()) {
                socket.pendingAcks().fail(call.ackId(), new DisconnectedException());
            }
        } catch (RuntimeException mistakeOfCaller) {
            socket.pendingAcks().fail(call.ackId(), mistakeOfCaller);
            throw mistakeOfCaller;
        }
        return call.future();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The caller receives the answer itself.
    private void observe(CompletableFuture<?> answer) {
        ServerObserver observer = socket.settings().observer();
        if (observer != null) {
            long start = System.nanoTime();
            answer.whenComplete((value, failure) ->
                    observer.called(socket.namespace().group(), outcome(failure), System.nanoTime() - start));
        }
    }

    private static CallOutcome outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return CallOutcome.ANSWERED;
        } else if (failure instanceof AckTimeoutException) {
            return CallOutcome.TIMEOUT;
        }
        return failure instanceof DisconnectedException ? CallOutcome.DISCONNECTED : CallOutcome.FAILED;
    }
}
