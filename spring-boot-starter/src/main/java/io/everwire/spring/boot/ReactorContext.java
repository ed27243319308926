package io.everwire.spring.boot;

import io.micrometer.context.ContextSnapshot;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Adds values to the context of a {@code Mono}, which is subscribed to later. A class of its own, because Reactor is optional. */
final class ReactorContext {
    private ReactorContext() {}

    /** Returns the result of a handler, with the values in its context if it is a {@code Mono}. */
    static @Nullable Object with(ContextSnapshot values, @Nullable Object result) {
        return result instanceof Mono<?> mono ? mono.contextWrite(values::updateContext) : result;
    }
}
