package io.everwire.core;

import io.everwire.Attribute;
import io.everwire.Attributes;
import io.everwire.TypeToken;
import io.everwire.core.dispatch.Binding;
import io.everwire.engine.RateLimitedLog;
import io.everwire.json.JsonCodec;
import io.everwire.json.JsonException;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The attributes of one socket. A shared key is stored under its name, any other key under itself. */
final class CoreAttributes implements Attributes {
    private static final RateLimitedLog unwritable = new RateLimitedLog(CoreAttributes.class);

    /** Created for the first value: many sockets have none (benchmark idle). */
    private volatile @Nullable Map<Object, Object> values;

    /** Reads the shared attributes of a socket of another server: a JSON object. */
    static CoreAttributes read(Bytes json, JsonCodec codec) {
        CoreAttributes attributes = new CoreAttributes();
        Object all = codec.read(json.array(), json.offset(), json.end(), Object.class, List.of());
        if (all instanceof Map<?, ?> members) {
            members.forEach((name, value) -> {
                if (value != null) {
                    attributes.toAdd().put(String.valueOf(name), new Received(value, codec));
                }
            });
        }
        return attributes;
    }

    @Override
    @SuppressWarnings("unchecked") // The value was set with the same key, or read as its type.
    public <T> @Nullable T get(Attribute<T> key) {
        Object value = values().get(place(key));
        TypeToken<T> type = key.type();
        if (value instanceof Received received && type != null) {
            T read = received.as(type);
            values().replace(place(key), received, read);
            return read;
        }
        return (T) value;
    }

    @Override
    public <T> void set(Attribute<T> key, T value) {
        toAdd().put(place(key), value);
    }

    @Override
    public void remove(Attribute<?> key) {
        Map<Object, Object> known = values;
        if (known != null) {
            known.remove(place(key));
        }
    }

    private static Object place(Attribute<?> key) {
        return key.type() == null ? key : key.name();
    }

    private Map<Object, Object> values() {
        Map<Object, Object> known = values;
        return known == null ? Map.of() : known;
    }

    private Map<Object, Object> toAdd() {
        Map<Object, Object> known = values;
        return known == null ? create() : known;
    }

    private synchronized Map<Object, Object> create() {
        Map<Object, Object> known = values;
        if (known == null) {
            known = new ConcurrentHashMap<>(4);
            values = known;
        }
        return known;
    }

    /** Returns the shared attributes by name, as a JSON object. A value that cannot be written is left out. */
    Bytes json(JsonCodec codec) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        shared().forEach((name, value) -> {
            byte[] written = write(codec, name, value);
            if (written != null) {
                json.write(json.size() == 0 ? '{' : ',');
                json.writeBytes(Json.quote(name));
                json.write(':');
                json.writeBytes(written);
            }
        });
        json.writeBytes(json.size() == 0 ? new byte[] {'{', '}'} : new byte[] {'}'});
        return Bytes.of(json.toByteArray());
    }

    private Map<String, Object> shared() {
        Map<String, Object> shared = new TreeMap<>();
        values().forEach((place, value) -> {
            if (place instanceof String name) {
                shared.put(name, value instanceof Received received ? received.value() : value);
            }
        });
        return shared;
    }

    private static byte @Nullable [] write(JsonCodec codec, String name, Object value) {
        try {
            List<byte[]> attachments = new ArrayList<>(0);
            byte[] written = codec.write(value, attachments);
            return attachments.isEmpty() ? written : null;
        } catch (JsonException e) {
            unwritable.error(e, "the attribute {} could not be written", name);
            return null;
        }
    }

    /** A value of another server that no caller has read as a type yet. */
    private record Received(Object value, JsonCodec codec) {
        @SuppressWarnings("NullAway") // Never null, because the JSON is not null.
        <T> T as(TypeToken<T> type) {
            Bytes json = Bytes.of(codec.write(value, new ArrayList<>()));
            return Binding.read(codec, json, type, "an attribute");
        }
    }
}
