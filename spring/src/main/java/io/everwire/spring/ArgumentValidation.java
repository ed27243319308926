package io.everwire.spring;

import io.everwire.BadArgumentsException;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.ValidationUtils;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/** Validates arguments of events with {@code @Valid} or {@code @Validated}. */
final class ArgumentValidation implements HandlerParameters.PayloadValidation {
    private static final String MESSAGE = "the arguments are not valid";

    private final @Nullable Validator validator;

    /** @param validator the validator of the application, or null if it has none */
    ArgumentValidation(@Nullable Validator validator) {
        this.validator = validator;
    }

    /** @throws IllegalStateException if the parameter asks for validation and the application has no validator */
    @Override
    public HandlerParameters.Validation of(MethodParameter parameter) {
        for (Annotation annotation : parameter.getParameterAnnotations()) {
            Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
            if (hints != null) {
                return validation(annotation, hints, name(parameter));
            }
        }
        return value -> {};
    }

    private HandlerParameters.Validation validation(Annotation annotation, Object[] hints, String name) {
        Validator known = validator;
        if (known == null) {
            throw new IllegalStateException("a parameter has @"
                    + annotation.annotationType().getSimpleName() + ", but the application has no bean of type "
                    + Validator.class.getName() + ": with Spring Boot, add spring-boot-starter-validation");
        }
        return value -> {
            Errors errors = new BeanPropertyBindingResult(value, name);
            ValidationUtils.invokeValidator(known, value, errors, hints);
            if (errors.hasErrors()) {
                throw new BadArgumentsException(MESSAGE, fields(errors));
            }
        };
    }

    private static String name(MethodParameter parameter) {
        return "argument" + (parameter.getParameterIndex() + 1);
    }

    /** Returns the wrong fields for the client. Rejected values are not repeated. */
    private static List<Map<String, String>> fields(Errors errors) {
        List<Map<String, String>> fields = new ArrayList<>();
        for (ObjectError error : errors.getAllErrors()) {
            fields.add(field(
                    error instanceof FieldError field ? field.getField() : "",
                    String.valueOf(error.getDefaultMessage() == null ? error.getCode() : error.getDefaultMessage())));
        }
        return fields;
    }

    /** Returns one wrong field; the name is empty for an error of the whole argument. */
    static Map<String, String> field(String name, String message) {
        Map<String, String> field = new LinkedHashMap<>(4);
        field.put("field", name);
        field.put("message", message);
        return field;
    }

    /** Returns the exception for arguments that a proxy of the bean found to be wrong. */
    static BadArgumentsException failed(List<Map<String, String>> fields) {
        return new BadArgumentsException(MESSAGE, fields);
    }
}
