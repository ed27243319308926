package io.everwire.micrometer;

import io.everwire.HandledEvent;
import io.everwire.ServerObserver;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.security.Principal;
import java.util.Locale;

/**
 * The default names and tags: {@code everwire.event} with namespace, event and outcome, whose values clients cannot choose. Spans also have
 * the id and the user of the socket.
 */
public final class DefaultEventObservationConvention implements EventObservationConvention {
    /** Creates a convention. */
    public DefaultEventObservationConvention() {}

    @Override
    public String getName() {
        return "everwire.event";
    }

    @Override
    public String getContextualName(EventObservationContext context) {
        return "event " + context.event().knownEvent();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(EventObservationContext context) {
        HandledEvent event = context.event();
        ServerObserver.Outcome outcome = context.outcome();
        String text = outcome == null ? "none" : outcome.name().toLowerCase(Locale.ROOT);
        return KeyValues.of(
                KeyValue.of("namespace", event.group()),
                KeyValue.of("event", event.knownEvent()),
                KeyValue.of("outcome", text.equals("success") ? "ok" : text));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(EventObservationContext context) {
        Principal user = context.event().handshake().principal();
        KeyValues values = KeyValues.of("socket.id", context.event().socketId());
        return user == null ? values : values.and("user", user.getName());
    }
}
