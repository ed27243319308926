package io.everwire.micrometer;

import io.everwire.HandledEvent;
import io.everwire.ServerObserver;
import io.everwire.ServerObserver.EventScope;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/** Observes handled events. */
final class EventObservations {
    private final ObservationRegistry registry;
    private final EventObservationConvention convention;

    EventObservations(ObservationRegistry registry, EventObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    /** Starts an observation, or returns null if nothing observes. */
    @Nullable
    EventScope start(HandledEvent event) {
        if (registry.isNoop()) {
            return null;
        }
        EventObservationContext context = new EventObservationContext(event);
        Observation observation = Observation.createNotStarted(convention, () -> context, registry)
                .start();
        return new Started(context, observation, observation.openScope());
    }

    private record Started(EventObservationContext context, Observation observation, Observation.Scope scope)
            implements EventScope {
        @Override
        public void close() {
            scope.close();
        }

        @Override
        public void ended(ServerObserver.Outcome outcome) {
            context.outcome(outcome);
            observation.stop();
        }
    }
}
