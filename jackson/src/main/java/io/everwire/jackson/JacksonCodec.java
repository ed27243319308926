package io.everwire.jackson;

import io.everwire.json.JsonCodec;
import io.everwire.json.JsonException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.ContextAttributes;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Writes and reads JSON with Jackson 3. The server finds it if it is on the class or module path. */
public final class JacksonCodec implements JsonCodec {
    private final JsonMapper plain;
    private final JsonMapper binary;
    private final ObjectWriter writer;
    private final ContextAttributes attributes;

    /** One reader for each type that handlers ask for; the readers of the second map replace placeholders. */
    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    private final Map<Type, ObjectReader> binaryReaders = new ConcurrentHashMap<>();

    /** Creates a codec with the settings of {@link #mapperBuilder}. */
    public JacksonCodec() {
        this(mapperBuilder().build());
    }

    /**
     * Returns a builder with the settings of the default codec, to add modules and settings of the application. They differ from those
     * of Jackson where a value of JavaScript would become another value: fractions are no integers, numbers and texts are no booleans,
     * empty texts are no numbers, numbers must be in the range of their type, and a time that is a number is in milliseconds, as that
     * of {@code Date.now()}.
     */
    public static JsonMapper.Builder mapperBuilder() {
        return JsonMapper.builder(
                        JsonFactory.builder().recyclerPool(new RecyclerSlots()).build())
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
                .withCoercionConfig(
                        LogicalType.Boolean,
                        config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Integer,
                        config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Float,
                        config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .addModule(new ExactModule());
    }

    /**
     * Creates a codec with the application's mapper. The mapper is not changed; its settings are kept.
     *
     * @throws IllegalStateException if the annotations of Jackson are too old for its databind
     */
    public JacksonCodec(JsonMapper mapper) {
        JacksonVersion.check();
        // Jackson asks the module that was added last first. KotlinInstantiators of jackson-module-kotlin 3.2 accepts
        // instantiators of Jackson itself only, so the modules of the application come before this one.
        this.plain = mapper.rebuild()
                .removeAllModules()
                .addModule(new ConstructorModule())
                .addModules(mapper.registeredModules())
                .build();
        this.binary = plain.rebuild().addModule(new BinaryModule()).build();
        this.writer = binary.writer();
        this.attributes = binary.serializationConfig().getAttributes();
    }

    @Override
    public byte[] write(@Nullable Object value, List<byte[]> attachments) {
        if (value instanceof byte[] bytes) {
            attachments.add(bytes);
            return Placeholder.json(attachments.size() - 1);
        }
        try {
            JsonBytes json = new JsonBytes();
            writer.with(new Attachments(attachments, attributes)).writeValue(json, value);
            return json.bytes();
        } catch (JacksonException e) {
            throw failed(e);
        }
    }

    @Override
    public @Nullable Object read(byte[] json, int from, int to, Type type, List<byte[]> attachments) {
        int number = type == byte[].class ? Placeholder.number(json, from, to) : -1;
        if (number >= 0 && number < attachments.size()) {
            return attachments.get(number);
        }
        try {
            if (attachments.isEmpty()) {
                return reader(readers, plain, type).readValue(json, from, to - from);
            }
            return reader(binaryReaders, binary, type)
                    .with(new Attachments(attachments, attributes))
                    .readValue(json, from, to - from);
        } catch (JacksonException e) {
            throw failed(e);
        } catch (RuntimeException | StackOverflowError e) {
            // BigInteger and BigDecimal throw exceptions of their own for numbers that are out of range.
            throw new JsonException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectReader reader(Map<Type, ObjectReader> readers, JsonMapper mapper, Type type) {
        // Not computeIfAbsent alone: it may lock for a key that exists already.
        ObjectReader known = readers.get(type);
        return known != null
                ? known
                : readers.computeIfAbsent(type, wanted -> mapper.readerFor(mapper.constructType(wanted)));
    }

    /** Without the source, which may be long and private. */
    private static JsonException failed(JacksonException e) {
        return new JsonException(e.getOriginalMessage(), e);
    }
}
