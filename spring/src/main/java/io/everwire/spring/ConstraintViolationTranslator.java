package io.everwire.spring;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates violations that the proxy of a {@code @Validated} controller found in the arguments of a handler. Violations of other beans
 * and of returned values are failures of the server.
 */
public final class ConstraintViolationTranslator implements FailureTranslator {
    /** Creates a translator. */
    public ConstraintViolationTranslator() {}

    @Override
    public @Nullable Throwable translate(Method handler, Throwable failure) {
        if (!(failure instanceof ConstraintViolationException violations)) {
            return null;
        }
        List<Map<String, String>> fields = new ArrayList<>();
        for (ConstraintViolation<?> violation : violations.getConstraintViolations()) {
            boolean ofArgument = violation.getExecutableParameters() != null
                    && handler.getDeclaringClass().isAssignableFrom(violation.getRootBeanClass());
            if (!ofArgument) {
                return null;
            }
            fields.add(ArgumentValidation.field(field(violation.getPropertyPath()), violation.getMessage()));
        }
        return ArgumentValidation.failed(fields);
    }

    /** Returns the path without the name of the method. */
    private static String field(Path path) {
        StringBuilder field = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getKind() != ElementKind.METHOD) {
                field.append(field.isEmpty() ? "" : ".").append(node);
            }
        }
        return field.toString();
    }
}
