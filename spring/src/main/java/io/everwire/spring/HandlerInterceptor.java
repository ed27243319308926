package io.everwire.spring;

import org.jspecify.annotations.Nullable;

/**
 * Surrounds the calls of annotated handlers and listeners, for example to set thread-locals. Beans of this type surround the call in their
 * order: the first one is the outermost. Any thread may call it.
 */
@FunctionalInterface
public interface HandlerInterceptor {
    /**
     * Calls the handler, and returns its result or another one. Called on a handler thread.
     *
     * @throws Exception the failure of the handler, or another one: {@link io.everwire.RefusedException} and {@link
     *     io.everwire.BadArgumentsException} reach the client
     */
    @Nullable
    Object around(HandlerCall call, Invocation handler) throws Exception;

    /** The rest of a call. */
    @FunctionalInterface
    interface Invocation {
        /** Calls the next interceptor or the handler, and returns its result. */
        @Nullable
        Object proceed() throws Exception;
    }
}
