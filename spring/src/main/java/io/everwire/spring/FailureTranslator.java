package io.everwire.spring;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Translates failures of handlers into failures that clients are sent: {@link io.everwire.RefusedException} and {@link
 * io.everwire.BadArgumentsException}. Beans of this type are asked in their order. Any thread may call it.
 */
@FunctionalInterface
public interface FailureTranslator {
    /** Returns the translated failure, or null for a failure that it does not know. */
    @Nullable
    Throwable translate(Method handler, Throwable failure);
}
