package io.everwire.spring.security;

import io.everwire.spring.HandlerArgumentResolver;
import io.everwire.spring.HandlerCall;
import io.everwire.spring.SocketIoPrincipal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.expression.ExpressionParser;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;

/**
 * Provides parameters with {@code @AuthenticationPrincipal}: the principal of the socket's {@code Authentication}, such as {@code
 * UserDetails} or {@code Jwt}; null without a user.
 */
public final class AuthenticationPrincipalResolver implements HandlerArgumentResolver {
    private final ExpressionParser parser = new SpelExpressionParser();

    /** Creates a resolver. */
    public AuthenticationPrincipalResolver() {}

    @Override
    public boolean supports(MethodParameter parameter) {
        return annotation(parameter) != null;
    }

    private static @Nullable AuthenticationPrincipal annotation(MethodParameter parameter) {
        AuthenticationPrincipal direct = parameter.getParameterAnnotation(AuthenticationPrincipal.class);
        if (direct != null) {
            return direct;
        }
        for (var annotation : parameter.getParameterAnnotations()) {
            AuthenticationPrincipal merged = AnnotatedElementUtils.findMergedAnnotation(
                    annotation.annotationType(), AuthenticationPrincipal.class);
            if (merged != null) {
                return merged;
            }
        }
        return null;
    }

    @Override
    public @Nullable Object resolve(MethodParameter parameter, HandlerCall call) {
        AuthenticationPrincipal annotation = annotation(parameter);
        if (annotation == null || !(SocketIoPrincipal.of(call.socket()) instanceof Authentication user)) {
            return null;
        }
        Object principal = user.getPrincipal();
        if (!annotation.expression().isEmpty() && principal != null) {
            principal =
                    parser.parseExpression(annotation.expression()).getValue(new StandardEvaluationContext(principal));
        }
        if (principal == null || parameter.getParameterType().isInstance(principal)) {
            return principal;
        }
        if (annotation.errorOnInvalidType()) {
            throw new ClassCastException("the principal is a "
                    + principal.getClass().getName() + " and no "
                    + parameter.getParameterType().getName());
        }
        return null;
    }
}
