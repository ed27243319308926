package io.everwire.core;

import io.everwire.core.dispatch.EventHandlers;
import io.everwire.core.dispatch.RawArguments;
import io.everwire.json.JsonCodec;
import io.everwire.json.RawJson;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates the packets that applications send. Each value is written as JSON once, for all receivers. */
final class PacketFactory {
    private static final @Nullable Object[] ONE_NULL = {null};

    private final JsonCodec codec;

    PacketFactory(JsonCodec codec) {
        this.codec = codec;
    }

    JsonCodec codec() {
        return codec;
    }

    /**
     * Creates an event.
     *
     * @param given the arguments; null is one argument that is null, because {@code emit("e", null)} means it
     */
    Packet.Event event(String namespace, long ackId, String event, @Nullable Object @Nullable [] given) {
        @Nullable Object[] args = given == null ? ONE_NULL : given;
        Bytes[] elements = new Bytes[args.length + 1];
        elements[0] = Bytes.of(Json.quote(EventHandlers.checked(event)));
        List<byte[]> attachments = write(args, elements, 1);
        return new Packet.Event(namespace, ackId, JsonArray.of(elements), bytes(attachments));
    }

    /** Creates a message. */
    Packet.Message message(String namespace, @Nullable Object message) {
        Bytes[] json = new Bytes[1];
        List<byte[]> attachments = write(new @Nullable Object[] {message}, json, 0);
        return new Packet.Message(namespace, Packet.NO_ACK, json[0], bytes(attachments));
    }

    /** Creates an ack. */
    Packet.Ack ack(String namespace, long ackId, @Nullable Object... args) {
        Bytes[] elements = new Bytes[args.length];
        List<byte[]> attachments = write(args, elements, 0);
        return new Packet.Ack(namespace, ackId, JsonArray.of(elements), bytes(attachments));
    }

    /** Writes values to {@code elements} from an index on; returns their attachments. */
    private List<byte[]> write(@Nullable Object[] values, Bytes[] elements, int first) {
        List<byte[]> attachments = new ArrayList<>(0);
        int placeholders = 0;
        for (int i = 0; i < values.length; i++) {
            elements[first + i] = write(values[i], attachments);
        }
        if (attachments.isEmpty()) {
            return attachments;
        }
        for (int i = 0; i < values.length; i++) {
            // A byte array alone is its placeholder (benchmark binary).
            placeholders += values[i] instanceof byte[] ? 1 : UserPlaceholders.count(elements[first + i].array());
        }
        // Otherwise data of the application, perhaps of another client, looks like a placeholder.
        return placeholders == attachments.size() ? attachments : writeNumbered(values, elements, first);
    }

    private List<byte[]> writeNumbered(@Nullable Object[] values, Bytes[] elements, int first) {
        UserPlaceholders.Numbered attachments = new UserPlaceholders.Numbered();
        for (int i = 0; i < values.length; i++) {
            Bytes json = write(values[i], attachments);
            elements[first + i] = Bytes.of(UserPlaceholders.neutralize(json.array(), attachments));
        }
        return attachments.attachments();
    }

    /**
     * Writes a value as JSON alone.
     *
     * @throws IllegalArgumentException if it has binary data
     */
    Bytes json(@Nullable Object value) {
        List<byte[]> attachments = new ArrayList<>(0);
        Bytes json = write(value, attachments);
        if (!attachments.isEmpty()) {
            throw new IllegalArgumentException("binary data is possible in events and acks only");
        }
        return json;
    }

    private Bytes write(@Nullable Object value, List<byte[]> attachments) {
        return value instanceof RawJson raw
                ? RawArguments.write(raw, attachments)
                : Bytes.of(codec.write(value, attachments));
    }

    private static List<Bytes> bytes(List<byte[]> attachments) {
        return switch (attachments.size()) {
            case 0 -> List.of();
            case 1 -> List.of(Bytes.of(attachments.get(0)));
            default -> attachments.stream().map(Bytes::of).toList();
        };
    }
}
