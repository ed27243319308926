package io.everwire;

import io.everwire.protocol.Packet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A socket together with how long calls to it wait. Immutable. */
public final class TimedSocket {
    private final Socket socket;
    private final Duration timeout;

    TimedSocket(Socket socket, Duration timeout) {
        ServerOptions.Builder.time("timeout", timeout);
        this.socket = socket;
        this.timeout = timeout;
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
        PendingCalls.Call<T> call = socket.calls().open(answer, timeout.toMillis());
        try {
            Packet packet = socket.outgoing().event(socket.namespace().name(), call.ackId(), event, args);
            if (socket.transmit(packet) == Emission.DISCONNECTED) {
                socket.calls().fail(call.ackId(), new DisconnectedException());
            }
        } catch (RuntimeException callersFault) {
            socket.calls().fail(call.ackId(), callersFault);
            throw callersFault;
        }
        return call.future();
    }
}
