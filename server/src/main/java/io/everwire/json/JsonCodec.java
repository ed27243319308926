package io.everwire.json;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads JSON in UTF-8. Implementations are safe for many threads. Found by {@link java.util.ServiceLoader}
 * unless one is given to the server.
 *
 * <p>Binary data inside a value ({@code byte[]} and {@link java.nio.ByteBuffer}) does not become JSON: it travels beside it,
 * and {@code {"_placeholder":true,"num":n}} stands in its place.
 */
public interface JsonCodec {
    /**
     * Writes a value.
     *
     * @param attachments where binary data inside the value is added; a placeholder's number is the index there
     * @return JSON, which belongs to the caller
     * @throws JsonException if the value cannot be written
     */
    byte[] write(@Nullable Object value, List<byte[]> attachments);

    /**
     * Reads a value from the JSON between {@code from} (inclusive) and {@code to} (exclusive), known to be valid.
     *
     * @param type what to make of it; {@code Object.class} for maps, lists, texts, numbers and booleans
     * @param attachments what the placeholders stand for
     * @return the value; null for JSON null
     * @throws JsonException if the JSON does not fit the type
     */
    @Nullable
    Object read(byte[] json, int from, int to, Type type, List<byte[]> attachments);
}
