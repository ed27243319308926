package io.everwire.jackson;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.module.SimpleModule;

/**
 * Calls the constructors of records and other constructors with properties by method handles that are created once.
 * Jackson 3.2 creates one for each call (AnnotatedConstructor.call, MethodHandle.invokeWithArguments): a quarter of the
 * CPU of reading in a profile of the benchmark {@code echo-deep}, and 240 bytes for each read in {@code
 * JsonBenchmark.read}.
 */
final class ConstructorModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    private static final MethodType CALL = MethodType.methodType(Object.class, Object[].class);

    ConstructorModule() {
        super("everwire-constructors");
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addValueInstantiators(new ByHandle());
    }

    private static final class ByHandle extends ValueInstantiators.Base {
        @Override
        public ValueInstantiator modifyValueInstantiator(
                DeserializationConfig config, BeanDescription.Supplier bean, ValueInstantiator usual) {
            if (usual.getClass() == StdValueInstantiator.class
                    && usual.getWithArgsCreator() instanceof AnnotatedConstructor creator) {
                try {
                    return new Instantiator((StdValueInstantiator) usual, handle(creator.getAnnotated()));
                } catch (IllegalAccessException ofJacksonOnly) {
                    return usual;
                }
            }
            return usual;
        }

        /** Jackson has made it accessible. */
        private static MethodHandle handle(Constructor<?> constructor) throws IllegalAccessException {
            return MethodHandles.publicLookup()
                    .unreflectConstructor(constructor)
                    .asFixedArity()
                    .asSpreader(Object[].class, constructor.getParameterCount())
                    .asType(CALL);
        }
    }

    private static final class Instantiator extends StdValueInstantiator {
        private final transient MethodHandle constructor;

        Instantiator(StdValueInstantiator usual, MethodHandle constructor) {
            super(usual);
            this.constructor = constructor;
        }

        @Override
        public Object createFromObjectWith(DeserializationContext context, Object[] arguments) {
            try {
                return (Object) constructor.invokeExact(arguments);
            } catch (Throwable e) {
                return context.handleInstantiationProblem(_valueClass, arguments, rewrapCtorProblem(context, e));
            }
        }
    }
}
