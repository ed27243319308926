package io.everwire.json;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads JSON in UTF-8. Any thread may use it, several at a time. The server finds it with {@link
 * java.util.ServiceLoader}, unless the options set one.
 *
 * <p>Binary data inside a value ({@code byte[]} and {@link java.nio.ByteBuffer}) is not written as JSON. It is an
 * attachment of the packet, and {@code {"_placeholder":true,"num":n}} replaces it in the JSON.
 */
public interface JsonCodec {
    /**
     * Writes a value.
     *
     * @param attachments receives the binary data inside the value; the number of a placeholder is the index in this
     *     list
     * @return JSON; the caller may change the array
     * @throws JsonException if the value cannot be written
     */
    byte[] write(@Nullable Object value, List<byte[]> attachments);

    /**
     * Reads a value from the JSON between {@code from} (inclusive) and {@code to} (exclusive), known to be valid.
     *
     * @param type the type of the result; {@code Object.class} for maps, lists, strings, numbers and booleans
     * @param attachments the binary data, by the numbers of the placeholders
     * @return the value; null for JSON null
     * @throws JsonException if the JSON does not fit the type
     */
    @Nullable
    Object read(byte[] json, int from, int to, Type type, List<byte[]> attachments);
}
