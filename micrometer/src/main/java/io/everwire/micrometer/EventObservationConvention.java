package io.everwire.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** The names and tags of the observations of events. Extend {@link DefaultEventObservationConvention}, or implement all of it. */
public interface EventObservationConvention extends ObservationConvention<EventObservationContext> {
    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof EventObservationContext;
    }
}
