package io.everwire.jackson;

import io.everwire.json.JsonCodec;
import io.everwire.json.JsonException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads JSON with Jackson 3. Found by itself when it is on the class or module path. */
public final class JacksonCodec implements JsonCodec {
    private final JsonMapper plain;
    private final JsonMapper binary;
    private final ObjectWriter writer;

    /** One for each type that handlers ask for. */
    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    /** With Jackson's own settings. */
    public JacksonCodec() {
        this(new JsonMapper());
    }

    /** With the application's mapper. It is not changed; what is set on it holds here. */
    public JacksonCodec(JsonMapper mapper) {
        this.plain = mapper;
        this.binary = mapper.rebuild().addModule(new BinaryModule()).build();
        this.writer = binary.writer();
    }

    @Override
    public byte[] write(@Nullable Object value, List<byte[]> attachments) {
        ObjectWriter collecting = writer.withAttribute(BinaryModule.ATTACHMENTS, attachments);
        int before = attachments.size();
        try {
            return collecting.writeValueAsBytes(value);
        } catch (StreamWriteException e) {
            attachments.subList(before, attachments.size()).clear();
            return writeAnyText(collecting, value);
        } catch (JacksonException e) {
            throw failed(e);
        }
    }

    @Override
    public @Nullable Object read(byte[] json, int from, int to, Type type, List<byte[]> attachments) {
        try {
            if (attachments.isEmpty()) {
                return readers.computeIfAbsent(type, this::reader).readValue(json, from, to - from);
            }
            return binary.readerFor(binary.constructType(type))
                    .withAttribute(BinaryModule.ATTACHMENTS, attachments)
                    .readValue(json, from, to - from);
        } catch (JacksonException e) {
            throw failed(e);
        }
    }

    private ObjectReader reader(Type type) {
        return plain.readerFor(plain.constructType(type));
    }

    /**
     * Jackson cannot write half a surrogate pair as UTF-8, but browsers send such texts and expect them back. Written as
     * text first, each of them can be put as the escape that JavaScript uses.
     */
    private static byte[] writeAnyText(ObjectWriter writer, @Nullable Object value) {
        try {
            return escapeLoneSurrogates(writer.writeValueAsString(value)).getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            throw failed(e);
        }
    }

    private static String escapeLoneSurrogates(String json) {
        StringBuilder out = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                out.append("\\u").append(Integer.toHexString(c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** Without the source, which may be long and private. */
    private static JsonException failed(JacksonException e) {
        return new JsonException(e.getOriginalMessage(), e);
    }
}
