package io.everwire.spring;

import io.everwire.Arguments;
import io.everwire.Attributes;
import io.everwire.CloseReason;
import io.everwire.Handshake;
import io.everwire.Namespace;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.TypeToken;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/** Provides the values of all parameters of one handler or listener. */
final class HandlerParameters {
    /** Provides the value of one parameter. */
    @FunctionalInterface
    interface Source {
        @Nullable
        Object value(HandlerCall call) throws Exception;
    }

    private final List<Source> sources;

    private HandlerParameters(List<Source> sources) {
        this.sources = sources;
    }

    /** Returns the values for a call. */
    @Nullable
    Object[] values(HandlerCall call) throws Exception {
        @Nullable Object[] values = new @Nullable Object[sources.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = sources.get(i).value(call);
        }
        return values;
    }

    /**
     * Finds the sources of all parameters.
     *
     * @param beanType the class of the bean, which determines the types of generic parameters
     * @throws IllegalStateException if a parameter has no source
     */
    static HandlerParameters of(
            Method method,
            Class<?> beanType,
            HandlerKind kind,
            List<HandlerArgumentResolver> resolvers,
            PayloadValidation validation) {
        List<Source> sources = new ArrayList<>();
        int arguments = 0;
        for (int i = 0; i < method.getParameterCount(); i++) {
            MethodParameter parameter = new MethodParameter(method, i).withContainingClass(beanType);
            Source source = resolved(parameter, resolvers);
            source = source == null ? known(parameter, kind) : source;
            if (source == null && kind.hasArguments()) {
                source = argument(parameter, arguments++, validation);
            }
            if (source == null) {
                throw new IllegalStateException("parameter " + (i + 1) + " of type "
                        + parameter.getParameterType().getName() + " has no value: a method with @" + kind.annotation()
                        + " receives no arguments of a client");
            }
            sources.add(source);
        }
        return new HandlerParameters(List.copyOf(sources));
    }

    private static @Nullable Source resolved(MethodParameter parameter, List<HandlerArgumentResolver> resolvers) {
        for (HandlerArgumentResolver resolver : resolvers) {
            if (resolver.supports(parameter)) {
                return call -> resolver.resolve(parameter, call);
            }
        }
        return null;
    }

    private static @Nullable Source known(MethodParameter parameter, HandlerKind kind) {
        Class<?> type = parameter.getParameterType();
        if (type == Socket.class) {
            return HandlerCall::socket;
        } else if (type == Handshake.class) {
            return call -> call.socket().handshake();
        } else if (type == Namespace.class) {
            return call -> call.socket().namespace();
        } else if (type == SocketIoServer.class) {
            return call -> call.socket().server();
        } else if (type == Attributes.class) {
            return call -> call.socket().attributes();
        } else if (type == Arguments.class && kind.hasArguments()) {
            return HandlerCall::arguments;
        } else if (type == CloseReason.class && kind.hasReason()) {
            return HandlerCall::reason;
        } else if (Throwable.class.isAssignableFrom(type) && kind == HandlerKind.ERROR) {
            return HandlerCall::failure;
        } else if (Principal.class.isAssignableFrom(type)) {
            return call -> principal(type, call.socket());
        }
        return null;
    }

    private static @Nullable Object principal(Class<?> type, Socket socket) {
        Principal principal = SocketIoPrincipal.of(socket);
        if (principal != null && !type.isInstance(principal)) {
            throw new IllegalStateException(
                    "the user of the socket is a " + principal.getClass().getName() + " and no " + type.getName());
        }
        return principal;
    }

    private static Source argument(MethodParameter parameter, int index, PayloadValidation validation) {
        Validation validate = validation.of(parameter);
        boolean optional = parameter.getParameterType() == Optional.class;
        boolean mayBeMissing = optional || isNullable(parameter);
        TypeToken<?> type = TypeToken.ofType(
                optional
                        ? ResolvableType.forMethodParameter(parameter)
                                .getGeneric(0)
                                .getType()
                        : GenericTypeResolver.resolveType(
                                parameter.getGenericParameterType(), parameter.getContainingClass()));
        return call -> {
            Arguments arguments = call.arguments();
            Object value = arguments == null ? null : value(arguments, index, type, mayBeMissing);
            if (value != null) {
                validate.check(value);
            }
            return optional ? Optional.ofNullable(value) : value;
        };
    }

    private static @Nullable Object value(Arguments arguments, int index, TypeToken<?> type, boolean mayBeMissing) {
        if (!mayBeMissing) {
            return arguments.require(index, type);
        }
        return index >= arguments.size() ? null : arguments.as(index, type);
    }

    /** Returns whether the parameter has an annotation {@code @Nullable} of any package, or is nullable in Kotlin. */
    private static boolean isNullable(MethodParameter parameter) {
        if (parameter.isOptional()) {
            return true;
        }
        var types = parameter.getExecutable().getAnnotatedParameterTypes();
        for (var annotation : types[parameter.getParameterIndex()].getAnnotations()) {
            if (annotation.annotationType().getSimpleName().equals("Nullable")) {
                return true;
            }
        }
        return false;
    }

    /** Validates an argument. */
    @FunctionalInterface
    interface Validation {
        /**
         * Checks a value.
         *
         * @throws io.everwire.BadArgumentsException if the value is not valid
         */
        void check(Object value);
    }

    /** Finds the validation of a parameter. */
    @FunctionalInterface
    interface PayloadValidation {
        Validation of(MethodParameter parameter);
    }
}
