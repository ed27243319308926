package io.everwire.protocol.gen1;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import io.everwire.protocol.text.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decodes the data of packets. Nothing fails: data that cannot be parsed yields no packet, as in the original. */
final class Gen1Decoder {
    /**
     * Event names that have a meaning of their own for the application. The original rejected only "disconnect" of
     * them.
     */
    private static final Set<Bytes> RESERVED = Stream.of(
                    "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener")
            .map(name -> Bytes.of(Json.quote(name)))
            .collect(Collectors.toUnmodifiableSet());

    private Gen1Decoder() {}

    /** Returns the packet for the application, or null if it contains none. */
    static @Nullable Packet read(Gen1Packet packet, int maxDepth) {
        return switch (packet.type()) {
            case Gen1Packet.CONNECT -> new Packet.Connect(packet.namespace(), parameters(packet));
            case Gen1Packet.DISCONNECT -> new Packet.Disconnect(packet.namespace());
            // 3:::hé € is the text "hé €".
            case Gen1Packet.MESSAGE -> message(packet, Gen1Text.quote(packet.data()));
            // 4:::{"a":1}. Invalid JSON arrives as false in the original; here it is dropped.
            case Gen1Packet.JSON -> {
                Bytes json = Gen1Text.trim(packet.data());
                boolean valid = Json.isValue(json.array(), json.offset(), json.end(), maxDepth);
                yield valid ? message(packet, json) : null;
            }
            // 5:::{"name":"news","args":[1]}
            case Gen1Packet.EVENT -> event(packet, maxDepth);
            // 6:::2+["answer"], or 6:::2 without arguments.
            case Gen1Packet.ACK -> ack(packet, maxDepth);
            // Clients send neither errors (7) nor noops (8); heartbeats (2) never get here.
            default -> null;
        };
    }

    /** Returns a message; only with {@code +} the application answers it. */
    private static Packet message(Gen1Packet packet, Bytes json) {
        return new Packet.Message(packet.namespace(), packet.ackId(), json, List.of());
    }

    /** Returns the event; null if the data is no event, or if its name is reserved. */
    private static @Nullable Packet event(Gen1Packet packet, int maxDepth) {
        JsonArray data = Gen1Event.read(packet.data(), maxDepth);
        return data == null || RESERVED.contains(data.element(0))
                ? null
                : new Packet.Event(packet.namespace(), packet.ackId(), data, List.of());
    }

    /**
     * Returns the ack; null if its id is out of range. Arguments that are not an array count as none, and a missing
     * plus does not matter, as in the original.
     */
    private static @Nullable Packet ack(Gen1Packet packet, int maxDepth) {
        Bytes data = packet.data();
        int digits = Gen1Packet.digitsEnd(data, 0);
        long id = Gen1Packet.number(data, 0, digits);
        // Ids count from 1, so 0 is the id of no packet.
        if (id < 1 || id > Gen1Packet.MAX_ID) {
            return null;
        }
        int from = digits < data.length() && data.at(digits) == '+' ? digits + 1 : digits;
        JsonArray args = JsonArray.parse(data.slice(from, data.length()), maxDepth);
        return new Packet.Ack(
                packet.namespace(), Gen1Encoder.ackId(id), args == null ? JsonArray.EMPTY : args, List.of());
    }

    /**
     * Returns the query of a connect packet as a JSON object, or null. The written specification of 2011 has it in the
     * endpoint ({@code 1::/chat?a=b}), the clients' code in the data ({@code 1::/chat:?a=b}).
     */
    private static @Nullable Bytes parameters(Gen1Packet packet) {
        String query = packet.query().isEmpty() ? packet.data().toString() : packet.query();
        if (!query.startsWith("?")) {
            return null;
        }
        List<Bytes> parts = new ArrayList<>();
        for (Map.Entry<String, String> parameter : Query.all(query).entrySet()) {
            parts.add(Bytes.utf8(parts.isEmpty() ? "{" : ","));
            parts.add(Bytes.of(Json.quote(parameter.getKey())));
            parts.add(Bytes.utf8(":"));
            parts.add(Bytes.of(Json.quote(parameter.getValue())));
        }
        parts.add(Bytes.utf8(parts.isEmpty() ? "{}" : "}"));
        return Gen1Encoder.concat("", parts.toArray(Bytes[]::new));
    }
}
