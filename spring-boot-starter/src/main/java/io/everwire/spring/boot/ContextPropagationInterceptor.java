package io.everwire.spring.boot;

import io.everwire.spring.HandlerCall;
import io.everwire.spring.HandlerInterceptor;
import io.micrometer.context.ContextSnapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/** Sets the thread-local values of the request that opened the connection while a handler runs. */
final class ContextPropagationInterceptor implements HandlerInterceptor, Ordered {
    /** Before the interceptor of Spring Security, which knows the user better. */
    private static final int ORDER = HIGHEST_PRECEDENCE + 50;

    private static final boolean REACTOR =
            ClassUtils.isPresent("reactor.core.publisher.Mono", ContextPropagationInterceptor.class.getClassLoader());

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    @SuppressWarnings("try") // The scope is only closed.
    public @Nullable Object around(HandlerCall call, Invocation handler) throws Exception {
        ContextSnapshot context = call.socket().handshake().host(ContextSnapshot.class);
        if (context == null) {
            return handler.proceed();
        }
        try (ContextSnapshot.Scope scope = context.setThreadLocals()) {
            Object result = handler.proceed();
            return REACTOR ? ReactorContext.with(context, result) : result;
        }
    }
}
