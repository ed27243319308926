package io.everwire.spring;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.security.Principal;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;

/** Registers handlers, and the types of their arguments and acks, for native images. */
final class HandlerReflectiveProcessor implements ReflectiveProcessor {
    private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

    HandlerReflectiveProcessor() {}

    @Override
    public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
        if (element instanceof Method method) {
            hints.registerMethod(method, ExecutableMode.INVOKE);
            for (Parameter parameter : method.getParameters()) {
                register(hints, parameter.getType(), parameter.getParameterizedType());
            }
            register(hints, method.getReturnType(), method.getGenericReturnType());
        }
    }

    private void register(ReflectionHints hints, Class<?> raw, Type type) {
        boolean bound = !raw.isPrimitive()
                && !raw.getPackageName().equals("io.everwire")
                && !Principal.class.isAssignableFrom(raw);
        if (bound) {
            bindings.registerReflectionHints(hints, type);
        }
    }
}
