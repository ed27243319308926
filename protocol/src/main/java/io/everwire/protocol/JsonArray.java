package io.everwire.protocol;

import io.everwire.protocol.text.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON array in UTF-8 with the positions of its elements: the name and arguments of an event, or the arguments of an
 * ack.
 *
 * <p>The JSON is valid. The elements stay bytes until the server binds them to a type.
 */
public final class JsonArray {
    /** {@code []}. */
    public static final JsonArray EMPTY = new JsonArray(Bytes.utf8("[]"), new int[0]);

    private final Bytes json;
    private final int[] bounds;

    private JsonArray(Bytes json, int[] bounds) {
        this.json = json;
        this.bounds = bounds;
    }

    /**
     * Parses an array that fills {@code json} completely.
     *
     * @param maxDepth the deepest nesting of arrays and objects allowed, this array included
     * @return the array, or null if {@code json} is not exactly one JSON array
     */
    public static @Nullable JsonArray parse(Bytes json, int maxDepth) {
        int @Nullable [] bounds = Json.elements(json.array(), json.offset(), json.end(), maxDepth);
        return bounds == null ? null : new JsonArray(json, bounds);
    }

    /** Returns the array of {@code elements}, each of which must be valid JSON. */
    public static JsonArray of(Bytes... elements) {
        int length = 1 + Math.max(1, elements.length);
        for (Bytes element : elements) {
            length += element.length();
        }
        byte[] json = new byte[length];
        int[] bounds = new int[2 * elements.length];
        int at = 0;
        json[at++] = '[';
        for (int i = 0; i < elements.length; i++) {
            if (i > 0) {
                json[at++] = ',';
            }
            bounds[2 * i] = at;
            System.arraycopy(elements[i].array(), elements[i].offset(), json, at, elements[i].length());
            at += elements[i].length();
            bounds[2 * i + 1] = at;
        }
        json[at] = ']';
        return new JsonArray(Bytes.of(json), bounds);
    }

    /** Returns the JSON of the whole array. */
    public Bytes json() {
        return json;
    }

    /** Returns the memory that it uses, in bytes. */
    public int memory() {
        return json.array().length + Integer.BYTES * bounds.length;
    }

    /** Returns the same array in a form that is kept for long; see {@link Bytes#compact}. */
    public JsonArray compact() {
        Bytes compact = json.compact();
        if (compact == json) {
            return this;
        }
        int[] moved = bounds.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += compact.offset() - json.offset();
        }
        return new JsonArray(compact, moved);
    }

    /** Returns the number of elements. */
    public int size() {
        return bounds.length / 2;
    }

    /**
     * Returns the JSON of one element, without white space around it.
     *
     * @throws IndexOutOfBoundsException if the array has no such element
     */
    public Bytes element(int index) {
        return Bytes.of(json.array(), bounds[2 * index], bounds[2 * index + 1]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonArray that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json.toString();
    }

    /** Returns the elements after the first as an array of their own: the arguments of an event. */
    public JsonArray tail() {
        Bytes[] rest = new Bytes[Math.max(0, size() - 1)];
        Arrays.setAll(rest, i -> element(i + 1));
        return of(rest);
    }
}
