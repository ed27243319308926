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

/** What the data of packets means. Nothing fails: what cannot be read means nothing, as in the original. */
final class Gen1Decoder {
    /** Names with a meaning of their own to the application; of them the original refused "disconnect". */
    private static final Set<Bytes> RESERVED = Stream.of(
                    "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener")
            .map(name -> Bytes.of(Json.quote(name)))
            .collect(Collectors.toUnmodifiableSet());

    private Gen1Decoder() {}

    /** The packet for the application, or null if there is none in it. */
    static @Nullable Packet read(Gen1Packet packet, int maxDepth) {
        return switch (packet.type()) {
            case Gen1Packet.CONNECT -> new Packet.Connect(packet.namespace(), parameters(packet));
            case Gen1Packet.DISCONNECT -> new Packet.Disconnect(packet.namespace());
            case Gen1Packet.MESSAGE -> message(packet, Gen1Text.quote(packet.data()));
            case Gen1Packet.JSON -> {
                Bytes json = Gen1Text.trim(packet.data());
                boolean valid = Json.isValue(json.array(), json.offset(), json.end(), maxDepth);
                yield valid ? message(packet, json) : null;
            }
            case Gen1Packet.EVENT -> event(packet, maxDepth);
            case Gen1Packet.ACK -> ack(packet, maxDepth);
            default -> null;
        };
    }

    private static Packet message(Gen1Packet packet, Bytes json) {
        return new Packet.Message(packet.namespace(), packet.ackId(), json, List.of());
    }

    private static @Nullable Packet event(Gen1Packet packet, int maxDepth) {
        JsonArray data = Gen1Event.read(packet.data(), maxDepth);
        return data == null || RESERVED.contains(data.element(0))
                ? null
                : new Packet.Event(packet.namespace(), packet.ackId(), data, List.of());
    }

    /** Arguments that are no array are none, and a missing plus is no matter, as in the original. */
    private static @Nullable Packet ack(Gen1Packet packet, int maxDepth) {
        Bytes data = packet.data();
        int digits = Gen1Packet.digitsEnd(data, 0);
        long id = Gen1Packet.number(data, 0, digits);
        // Ids count from 1, so 0 is no packet's.
        if (id < 1 || id > Gen1Packet.MAX_ID) {
            return null;
        }
        int from = digits < data.length() && data.at(digits) == '+' ? digits + 1 : digits;
        JsonArray args = JsonArray.parse(data.slice(from, data.length()), maxDepth);
        return new Packet.Ack(
                packet.namespace(), Gen1Encoder.ackId(id), args == null ? JsonArray.EMPTY : args, List.of());
    }

    /**
     * The query of a connect packet as a JSON object: the written specification of 2011 has it in the endpoint, the clients'
     * code in the data.
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
