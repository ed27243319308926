package io.everwire.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One argument as JSON, for applications that pass arguments on without reading them. A handler that declares this type receives the
 * JSON that the client sent; {@code emit} and acks send it unchanged. It is an argument as a whole, not a part of another value.
 * Immutable.
 */
public final class RawJson {
    private final byte[] json;
    private final List<byte[]> attachments;

    private RawJson(byte[] json, List<byte[]> attachments) {
        this.json = json;
        this.attachments = attachments;
    }

    /** Creates an argument from JSON. It is checked when it is sent. */
    public static RawJson of(String json) {
        return new RawJson(json.getBytes(StandardCharsets.UTF_8), List.of());
    }

    /** Creates an argument from JSON in UTF-8; see {@link #of(String)}. Copies the array. */
    public static RawJson of(byte[] json) {
        return new RawJson(json.clone(), List.of());
    }

    /**
     * Creates an argument from JSON with attachments; see {@link #of(String)}. Copies the arrays.
     *
     * @param attachments the binary data, by the numbers of the placeholders in {@code json}; see {@link JsonCodec}
     */
    public static RawJson of(byte[] json, List<byte[]> attachments) {
        return new RawJson(json.clone(), copy(attachments));
    }

    /** Returns the JSON in UTF-8; a copy. */
    public byte[] bytes() {
        return json.clone();
    }

    /** Returns the binary data, by the numbers of the placeholders; a copy. */
    public List<byte[]> attachments() {
        return copy(attachments);
    }

    private static List<byte[]> copy(List<byte[]> arrays) {
        List<byte[]> copies = new ArrayList<>(arrays.size());
        arrays.forEach(array -> copies.add(array.clone()));
        return List.copyOf(copies);
    }

    /** Returns the JSON as text. */
    @Override
    public String toString() {
        return new String(json, StandardCharsets.UTF_8);
    }
}
