package io.everwire.spring.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Mono;

/** Adds a user to the context of a {@code Mono}. A class of its own, because Reactor is optional. */
final class ReactorSecurityContext {
    private ReactorSecurityContext() {}

    /** Returns the result of a handler, with the user in its context if it is a {@code Mono}. */
    static @Nullable Object with(Authentication user, @Nullable Object result) {
        return result instanceof Mono<?> mono
                ? mono.contextWrite(ReactiveSecurityContextHolder.withAuthentication(user))
                : result;
    }
}
