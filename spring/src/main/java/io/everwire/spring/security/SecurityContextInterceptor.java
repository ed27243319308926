package io.everwire.spring.security;

import io.everwire.spring.HandlerCall;
import io.everwire.spring.HandlerInterceptor;
import io.everwire.spring.SocketIoPrincipal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.ClassUtils;

/**
 * Sets the {@code SecurityContext} of handler threads to the user of the socket ({@link SocketIoPrincipal}) while a handler runs, so that
 * {@code @PreAuthorize} and {@code SecurityContextHolder} work. A returned {@code Mono} has the user in its context, too.
 */
public final class SecurityContextInterceptor implements HandlerInterceptor {
    private static final boolean REACTOR =
            ClassUtils.isPresent("reactor.core.publisher.Mono", SecurityContextInterceptor.class.getClassLoader());

    private final SecurityContextHolderStrategy contexts;

    /** Creates an interceptor that uses the strategy of {@code SecurityContextHolder}. */
    public SecurityContextInterceptor() {
        this(SecurityContextHolder.getContextHolderStrategy());
    }

    /** Creates an interceptor with another strategy. */
    public SecurityContextInterceptor(SecurityContextHolderStrategy contexts) {
        this.contexts = contexts;
    }

    @Override
    public @Nullable Object around(HandlerCall call, Invocation handler) throws Exception {
        SecurityContext before = contexts.getContext();
        SecurityContext own = contexts.createEmptyContext();
        Authentication user = SocketIoPrincipal.of(call.socket()) instanceof Authentication known ? known : null;
        own.setAuthentication(user);
        contexts.setContext(own);
        try {
            Object result = handler.proceed();
            return REACTOR && user != null ? ReactorSecurityContext.with(user, result) : result;
        } finally {
            // A handler thread is used for other sockets next.
            if (before.getAuthentication() == null) {
                contexts.clearContext();
            } else {
                contexts.setContext(before);
            }
        }
    }
}
