package io.everwire.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;

/**
 * Provides the values of parameters of handlers. Beans of this type are asked in their order, before the resolvers of Everwire. Any thread
 * may call it.
 */
public interface HandlerArgumentResolver {
    /** Returns whether it provides the values of a parameter. Called once for each parameter, when the application starts. */
    boolean supports(MethodParameter parameter);

    /**
     * Returns the value of a parameter. Called on a handler thread.
     *
     * @throws Exception if the event cannot be handled; it has the effect of an exception of the handler
     */
    @Nullable
    Object resolve(MethodParameter parameter, HandlerCall call) throws Exception;
}
