package io.everwire.spring.security;

import io.everwire.RefusedException;
import io.everwire.spring.FailureTranslator;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;

/**
 * Sends a client {@code {"error":"refused","message":"access denied"}} if its user may not use a handler. The message of the exception is
 * for the server: it may name rules of the application.
 */
public final class AccessDeniedTranslator implements FailureTranslator {
    /** Creates a translator. */
    public AccessDeniedTranslator() {}

    @Override
    public @Nullable Throwable translate(Method handler, Throwable failure) {
        if (failure instanceof AccessDeniedException) {
            return new RefusedException("access denied");
        }
        return failure instanceof AuthenticationException ? new RefusedException("not authenticated") : null;
    }
}
