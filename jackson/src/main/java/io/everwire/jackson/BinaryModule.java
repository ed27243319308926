package io.everwire.jackson;

import io.everwire.json.RawJson;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Replaces binary data by placeholders when values are written, and puts it back when they are read. */
final class BinaryModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    private static final String PLACEHOLDER = "_placeholder";
    private static final String NUMBER = "num";

    BinaryModule() {
        super("everwire-binary");
        addSerializer(new ArrayWriter());
        addSerializer(new BufferWriter());
        addSerializer(new RawWriter());
        addDeserializer(byte[].class, new ArrayReader());
        addDeserializer(ByteBuffer.class, new BufferReader());
        addDeserializer(Object.class, new AnyReader());
    }

    @SuppressWarnings("unchecked") // set by JacksonCodec
    private static void write(byte[] binary, JsonGenerator out, SerializationContext context) {
        List<byte[]> attachments = (List<byte[]>) context.getAttribute(Attachments.KEY);
        out.writeStartObject();
        out.writeBooleanProperty(PLACEHOLDER, true);
        out.writeNumberProperty(NUMBER, attachments.size());
        out.writeEndObject();
        attachments.add(binary);
    }

    private static byte[] read(JsonParser in, DeserializationContext context) {
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            return in.getBinaryValue();
        }
        JsonNode node = context.readTree(in);
        byte[] binary = attachment(
                node.path(PLACEHOLDER).asBoolean(false), node.path(NUMBER).asInt(-1), context);
        return binary != null ? binary : context.reportInputMismatch(byte[].class, "binary data expected");
    }

    @SuppressWarnings("unchecked") // set by JacksonCodec
    private static byte @Nullable [] attachment(boolean placeholder, int number, DeserializationContext context) {
        List<byte[]> attachments = (List<byte[]>) context.getAttribute(Attachments.KEY);
        return placeholder && number >= 0 && number < attachments.size() ? attachments.get(number) : null;
    }

    private static final class ArrayWriter extends StdSerializer<byte[]> {
        ArrayWriter() {
            super(byte[].class);
        }

        @Override
        public void serialize(byte[] value, JsonGenerator out, SerializationContext context) {
            write(value, out, context);
        }
    }

    private static final class BufferWriter extends StdSerializer<ByteBuffer> {
        BufferWriter() {
            super(ByteBuffer.class);
        }

        @Override
        public void serialize(ByteBuffer value, JsonGenerator out, SerializationContext context) {
            byte[] copy = new byte[value.remaining()];
            value.duplicate().get(copy);
            write(copy, out, context);
        }
    }

    /** A part of another value would need numbers of its own for its placeholders. */
    private static final class RawWriter extends StdSerializer<RawJson> {
        RawWriter() {
            super(RawJson.class);
        }

        @Override
        public void serialize(RawJson value, JsonGenerator out, SerializationContext context) {
            context.reportBadDefinition(
                    RawJson.class, "raw JSON is an argument as a whole, not a part of another value");
        }
    }

    private static final class ArrayReader extends StdDeserializer<byte[]> {
        ArrayReader() {
            super(byte[].class);
        }

        @Override
        public byte[] deserialize(JsonParser in, DeserializationContext context) {
            return read(in, context);
        }
    }

    private static final class BufferReader extends StdDeserializer<ByteBuffer> {
        BufferReader() {
            super(ByteBuffer.class);
        }

        @Override
        public ByteBuffer deserialize(JsonParser in, DeserializationContext context) {
            return ByteBuffer.wrap(read(in, context));
        }
    }

    /** Reads maps, lists and plain values, with binary data in place of placeholders. */
    private static final class AnyReader extends StdDeserializer<Object> {
        AnyReader() {
            super(Object.class);
        }

        @Override
        public @Nullable Object deserialize(JsonParser in, DeserializationContext context) {
            return switch (in.currentToken()) {
                case START_OBJECT -> object(in, context);
                case START_ARRAY -> array(in, context);
                case VALUE_STRING -> in.getString();
                case VALUE_NUMBER_INT ->
                    context.isEnabled(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                            ? in.getBigIntegerValue()
                            : in.getNumberValue();
                case VALUE_NUMBER_FLOAT ->
                    context.isEnabled(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                            ? in.getDecimalValue()
                            : in.getNumberValue();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NULL -> null;
                default -> context.handleUnexpectedToken(Object.class, in);
            };
        }

        @Override
        public @Nullable Object getNullValue(DeserializationContext context) {
            return null;
        }

        private Object object(JsonParser in, DeserializationContext context) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                object.put(name, deserialize(in, context));
            }
            // Other members are allowed, as in the reference. A mapper may read the number as an Integer or a
            // BigInteger.
            byte[] binary = object.get(NUMBER) instanceof Number number && number.doubleValue() == number.intValue()
                    ? attachment(Boolean.TRUE.equals(object.get(PLACEHOLDER)), number.intValue(), context)
                    : null;
            return binary != null ? binary : object;
        }

        private List<@Nullable Object> array(JsonParser in, DeserializationContext context) {
            List<@Nullable Object> array = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                array.add(deserialize(in, context));
            }
            return array;
        }
    }
}
