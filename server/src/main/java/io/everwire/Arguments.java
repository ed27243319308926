package io.everwire;

import io.everwire.json.JsonCodec;
import io.everwire.json.JsonException;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of one event or ack, still JSON: each is bound when somebody wants it as a type. Immutable. */
public final class Arguments {
    private final JsonArray json;
    private final int first;
    private final List<Bytes> attachments;
    private final JsonCodec codec;

    /** @param first the index of the first argument in {@code json}: 1 after an event's name, else 0 */
    Arguments(JsonArray json, int first, List<Bytes> attachments, JsonCodec codec) {
        this.json = json;
        this.first = first;
        this.attachments = attachments;
        this.codec = codec;
    }

    /** How many there are. */
    public int size() {
        return json.size() - first;
    }

    /**
     * One argument as a value of a type.
     *
     * @return null for JSON null
     * @throws BadArgumentsException if there is no such argument or it does not fit the type; thrown out of a handler, the
     *     client is told
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the codec returns what the token says; null is what the client sent
    public <T> T as(int index, TypeToken<T> type) {
        if (index >= size()) {
            throw new BadArgumentsException("argument " + (index + 1) + " is missing");
        }
        Bytes argument = json.element(first + index);
        try {
            return (T) codec.read(argument.array(), argument.offset(), argument.end(), type.type(), binaries());
        } catch (JsonException e) {
            throw new BadArgumentsException("argument " + (index + 1) + " does not fit", e);
        }
    }

    /** See {@link #as(int, TypeToken)}. */
    public <T> T as(int index, Class<T> type) {
        return as(index, TypeToken.of(type));
    }

    /** All arguments as maps, lists, texts, numbers, booleans and nulls. */
    public List<@Nullable Object> all() {
        List<@Nullable Object> all = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            all.add(as(i, Object.class));
        }
        return all;
    }

    private List<byte[]> binaries() {
        if (attachments.isEmpty()) {
            return List.of();
        }
        List<byte[]> copies = new ArrayList<>(attachments.size());
        for (Bytes attachment : attachments) {
            copies.add(attachment.toByteArray());
        }
        return copies;
    }
}
