package io.everwire.micrometer;

import io.everwire.HandledEvent;
import io.everwire.ServerObserver;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * The context of the observation of one event. A trace continues that of the request that opened the connection, if it had a header such
 * as {@code traceparent}.
 */
public final class EventObservationContext extends ReceiverContext<HandledEvent> {
    private ServerObserver.@Nullable Outcome outcome;

    EventObservationContext(HandledEvent event) {
        super((carrier, key) -> carrier.handshake().headers().get(key.toLowerCase(java.util.Locale.ROOT)));
        setCarrier(event);
    }

    /** Returns the event. */
    public HandledEvent event() {
        return getCarrier();
    }

    /** Returns the outcome, or null while the event is handled. */
    public ServerObserver.@Nullable Outcome outcome() {
        return outcome;
    }

    void outcome(ServerObserver.Outcome last) {
        outcome = last;
    }
}
