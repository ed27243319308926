package io.everwire.jackson;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.ArrayType;

/**
 * Rejects numbers that a type cannot hold, and that Jackson 3.2 reads as another value: a number too large for {@code double} or
 * {@code float} as infinity, and a time with a fraction as seconds, though a time without one is in milliseconds.
 */
final class ExactModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> FLOATING =
            Set.of(double.class, Double.class, float.class, Float.class, double[].class, float[].class);

    private static final Set<Class<?>> TIMES =
            Set.of(Instant.class, OffsetDateTime.class, ZonedDateTime.class, Duration.class, Date.class);

    ExactModule() {
        super("everwire-exact");
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializerModifier(new ValueDeserializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public ValueDeserializer<?> modifyDeserializer(
                    DeserializationConfig config, BeanDescription.Supplier bean, ValueDeserializer<?> usual) {
                return exact(bean.getBeanClass(), usual);
            }

            @Override
            public ValueDeserializer<?> modifyArrayDeserializer(
                    DeserializationConfig config,
                    ArrayType type,
                    BeanDescription.Supplier bean,
                    ValueDeserializer<?> usual) {
                return exact(type.getRawClass(), usual);
            }
        });
    }

    private static ValueDeserializer<?> exact(Class<?> type, ValueDeserializer<?> usual) {
        if (FLOATING.contains(type)) {
            return new Finite(usual);
        }
        return TIMES.contains(type) ? new Whole(usual) : usual;
    }

    /** Numbers that are not infinite. The text {@code "Infinity"} is. */
    private static final class Finite extends DelegatingDeserializer {
        Finite(ValueDeserializer<?> usual) {
            super(usual);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> other) {
            return new Finite(other);
        }

        @Override
        public @Nullable Object deserialize(JsonParser in, DeserializationContext context) {
            boolean text = in.currentToken() == JsonToken.VALUE_STRING;
            Object value = super.deserialize(in, context);
            if (!text && !isFinite(value)) {
                return context.reportInputMismatch(this, "a number is out of range");
            }
            return value;
        }

        private static boolean isFinite(@Nullable Object value) {
            if (value instanceof Number number) {
                return !Double.isInfinite(number.doubleValue());
            }
            boolean finite = true;
            if (value instanceof double[] numbers) {
                for (double number : numbers) {
                    finite &= !Double.isInfinite(number);
                }
            } else if (value instanceof float[] numbers) {
                for (float number : numbers) {
                    finite &= !Float.isInfinite(number);
                }
            }
            return finite;
        }
    }

    /** Times that are numbers without a fraction. */
    private static final class Whole extends DelegatingDeserializer {
        Whole(ValueDeserializer<?> usual) {
            super(usual);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> other) {
            return new Whole(other);
        }

        @Override
        public @Nullable Object deserialize(JsonParser in, DeserializationContext context) {
            if (in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
                return context.reportInputMismatch(this, "a time in whole milliseconds expected");
            }
            return super.deserialize(in, context);
        }
    }
}
