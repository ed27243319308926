package io.everwire.protocol;

import io.everwire.protocol.text.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON array in UTF-8 with the places of its elements: the name and arguments of an event, the arguments of an ack.
 * Its JSON is known to be valid; its elements are still bytes, bound by whoever wants a type.
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
     * Reads an array that fills {@code json} completely.
     *
     * @param maxDepth how deep arrays and objects may be nested, this array included
     * @return the array, or null if it is not one JSON array and nothing else
     */
    public static @Nullable JsonArray parse(Bytes json, int maxDepth) {
        int @Nullable [] bounds = Json.elements(json.array(), json.offset(), json.end(), maxDepth);
        return bounds == null ? null : new JsonArray(json, bounds);
    }

    /** The array of {@code elements}, each of which must be valid JSON. */
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

    /** The whole array. */
    public Bytes json() {
        return json;
    }

    /** How many elements. */
    public int size() {
        return bounds.length / 2;
    }

    /**
     * The JSON of one element, without white space around it.
     *
     * @throws IndexOutOfBoundsException if there is none
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

    /** The elements after the first: the arguments of an event, as an array of its own. */
    public JsonArray tail() {
        Bytes[] rest = new Bytes[Math.max(0, size() - 1)];
        Arrays.setAll(rest, i -> element(i + 1));
        return of(rest);
    }
}
