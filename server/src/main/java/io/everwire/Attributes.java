package io.everwire;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application keeps with a socket. Any thread may use it; it lives as long as the socket. */
public final class Attributes {
    private static final Logger log = LoggerFactory.getLogger(Attributes.class);

    /** There when something was kept: many sockets keep nothing (benchmark idle). */
    private volatile @Nullable Map<Object, Object> kept;

    Attributes() {}

    /** The shared ones of a socket that was on another server: a JSON object. */
    static Attributes told(Bytes json, JsonCodec codec) {
        Attributes attributes = new Attributes();
        Object all = codec.read(json.array(), json.offset(), json.end(), Object.class, List.of());
        if (all instanceof Map<?, ?> members) {
            members.forEach((name, value) -> {
                if (value != null) {
                    attributes.toKeep().put(String.valueOf(name), new Told(value, codec));
                }
            });
        }
        return attributes;
    }

    /**
     * What is kept under a key, or null.
     *
     * @throws BadArgumentsException if it comes from another server and does not fit the key's type
     */
    @SuppressWarnings("unchecked") // put in with the same key, or read as its type
    public <T> @Nullable T of(Attribute<T> key) {
        Object value = values().get(key.place());
        TypeToken<T> type = key.type();
        if (value instanceof Told told && type != null) {
            T read = told.as(type);
            values().replace(key.place(), told, read);
            return read;
        }
        return (T) value;
    }

    /**
     * What is kept under a key, for what must be there: because middleware put it there before the socket was let in.
     *
     * @throws IllegalStateException if nothing is
     */
    public <T> T require(Attribute<T> key) {
        T value = of(key);
        if (value == null) {
            throw new IllegalStateException("attributes: nothing is kept under \"" + key + "\"");
        }
        return value;
    }

    /** Keeps {@code value} under a key instead of what was there. */
    public <T> void set(Attribute<T> key, T value) {
        toKeep().put(key.place(), value);
    }

    /** Forgets what is kept under a key. */
    public void remove(Attribute<?> key) {
        Map<Object, Object> known = kept;
        if (known != null) {
            known.remove(key.place());
        }
    }

    private Map<Object, Object> values() {
        Map<Object, Object> known = kept;
        return known == null ? Map.of() : known;
    }

    private Map<Object, Object> toKeep() {
        Map<Object, Object> known = kept;
        return known == null ? create() : known;
    }

    private synchronized Map<Object, Object> create() {
        Map<Object, Object> known = kept;
        if (known == null) {
            known = new ConcurrentHashMap<>(4);
            kept = known;
        }
        return known;
    }

    /** The shared ones, by their names, as a JSON object. One that cannot be written is left out. */
    Bytes json(JsonCodec codec) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        new TreeMap<>(shared()).forEach((name, value) -> {
            byte[] written = written(codec, name, value);
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

    /** What another server told, until somebody asks for it as a type. */
    private record Told(Object value, JsonCodec codec) {
        @SuppressWarnings({"unchecked", "NullAway"
        }) // the codec returns what the token says; not null, because the JSON is not
        <T> T as(TypeToken<T> type) {
            try {
                byte[] json = codec.write(value, new ArrayList<>());
                return (T) codec.read(json, 0, json.length, type.type(), List.of());
            } catch (JsonException e) {
                throw new BadArgumentsException("an attribute does not fit", e);
            }
        }
    }

    private Map<String, Object> shared() {
        Map<String, Object> shared = new TreeMap<>();
        values().forEach((place, value) -> {
            if (place instanceof String name) {
                shared.put(name, value instanceof Told told ? told.value() : value);
            }
        });
        return shared;
    }

    private static byte @Nullable [] written(JsonCodec codec, String name, Object value) {
        try {
            List<byte[]> attachments = new ArrayList<>(0);
            byte[] written = codec.write(value, attachments);
            return attachments.isEmpty() ? written : null;
        } catch (JsonException e) {
            log.error("the attribute {} could not be written", name, e);
            return null;
        }
    }
}
