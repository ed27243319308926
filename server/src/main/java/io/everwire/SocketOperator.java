package io.everwire;

import io.everwire.engine.Delivery;
import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A socket together with how something is sent to it. Immutable: each choice returns another operator, which may be kept and
 * shared.
 */
public final class SocketOperator {
    private final Socket socket;
    private final Duration timeout;
    private final boolean isVolatile;
    private final boolean compress;

    private SocketOperator(Socket socket, Duration timeout, boolean isVolatile, boolean compress) {
        this.socket = socket;
        this.timeout = timeout;
        this.isVolatile = isVolatile;
        this.compress = compress;
    }

    static SocketOperator of(Socket socket) {
        return new SocketOperator(socket, socket.server().options().ackTimeout(), false, true);
    }

    /** Sets how long calls wait. 1 ms to 1 day. */
    public SocketOperator timeout(Duration wait) {
        Preconditions.time("timeout", wait);
        return new SocketOperator(socket, wait, isVolatile, compress);
    }

    /**
     * For what is not worth waiting: dropped if the client takes nothing at the moment, because it polls and no poll is
     * pending, or because it reads too slowly. Calls are not volatile.
     */
    public SocketOperator asVolatile() {
        return new SocketOperator(socket, timeout, true, compress);
    }

    /** Whether to compress what is sent, where the transport can. Default true. */
    public SocketOperator compress(boolean worthwhile) {
        return new SocketOperator(socket, timeout, isVolatile, worthwhile);
    }

    /** Sends an event; see {@link Socket#emit}. */
    public EmitResult emit(String event, @Nullable Object... args) {
        return send(socket.outgoing().event(socket.namespace().name(), Packet.NO_ACK, event, args));
    }

    /** Sends a message; see {@link Socket#send}. */
    public EmitResult send(@Nullable Object message) {
        return send(socket.outgoing().message(socket.namespace().name(), message));
    }

    /** Sends an event and expects an answer; see {@link Socket#call}. */
    public <T> CompletableFuture<T> call(String event, Class<T> answer, @Nullable Object... args) {
        return call(event, TypeToken.of(answer), args);
    }

    /** Sends an event and expects an answer; see {@link Socket#call}. */
    public <T> CompletableFuture<T> call(String event, TypeToken<T> answer, @Nullable Object... args) {
        if (!socket.slot().generation().acks()) {
            return CompletableFuture.failedFuture(
                    new AcksUnsupportedException(socket.slot().generation().name()));
        }
        PendingAcks.Call<T> call = socket.calls().open(answer, timeout.toMillis());
        try {
            Packet packet = socket.outgoing().event(socket.namespace().name(), call.ackId(), event, args);
            if (socket.transmit(packet, Delivery.RELIABLE, compress) == EmitResult.DISCONNECTED) {
                socket.calls().fail(call.ackId(), new DisconnectedException());
            }
        } catch (RuntimeException callersFault) {
            socket.calls().fail(call.ackId(), callersFault);
            throw callersFault;
        }
        return call.future();
    }

    private EmitResult send(Packet packet) {
        return isVolatile ? socket.transmit(packet, Delivery.VOLATILE, compress) : socket.transmit(packet, compress);
    }
}
