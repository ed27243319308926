package io.everwire.cluster;

import io.everwire.adapter.BroadcastOptions;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The messages that the Node adapters and emitters wrote ({@code vectors/cluster}), and their meaning. */
final class Vectors {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Vectors() {}

    static Stream<Named<JsonNode>> of(String file) {
        Path root = Path.of(System.getProperty("everwire.root", ".."));
        JsonNode all = MAPPER.readTree(
                root.resolve("vectors/cluster/" + file + ".json").toFile());
        return StreamSupport.stream(all.spliterator(), false)
                .skip(1)
                .map(vector -> Named.of(vector.get("name").stringValue(), vector));
    }

    static Bytes wire(JsonNode vector) {
        return Bytes.of(Base64.getDecoder().decode(vector.get("wire").stringValue()));
    }

    static String text(JsonNode node, String name) {
        return node.get(name).stringValue();
    }

    static String namespace(JsonNode vector) {
        return vector.get("message").has("nsp") ? text(vector.get("message"), "nsp") : "/";
    }

    /** Returns the message that a vector describes, except for details of sockets. */
    static ClusterMessage message(JsonNode vector, String requestId) {
        JsonNode message = vector.get("message");
        List<Bytes> attachments = new ArrayList<>();
        JsonArray data = message.has("data") ? data(message.get("data"), attachments) : JsonArray.EMPTY;
        return switch (text(message, "kind")) {
            case "broadcast" -> new ClusterMessage.Broadcast(packet(vector, data, attachments), to(message));
            case "call" ->
                new ClusterMessage.BroadcastCall(
                        requestId,
                        new Packet.Event("/", Packet.NO_ACK, data, attachments),
                        to(message),
                        message.get("timeout").longValue());
            case "join" -> new ClusterMessage.Join(to(message), texts(message.get("names")));
            case "leave" -> new ClusterMessage.Leave(to(message), texts(message.get("names")));
            case "disconnect" ->
                new ClusterMessage.Disconnect(to(message), message.get("close").booleanValue());
            case "fetch" -> new ClusterMessage.Fetch(requestId, to(message));
            case "serverEvent" ->
                new ClusterMessage.ServerEvent(
                        message.has("asks") ? requestId : null,
                        new Packet.Event("/", Packet.NO_ACK, data, attachments));
            case "count" ->
                new ClusterMessage.ClientCount(requestId, message.get("count").intValue());
            case "ack" -> new ClusterMessage.ClientAck(requestId, data, attachments);
            case "reply" -> new ClusterMessage.ServerReply(requestId, data, attachments);
            case "listRooms" -> new ClusterMessage.ListRooms(requestId, false);
            case "rooms" -> new ClusterMessage.Names("abcdef", "rooms", texts(message.get("names")), false);
            case "ids" -> new ClusterMessage.Names("abcdef", "sockets", texts(message.get("names")), false);
            default -> throw new AssertionError(message);
        };
    }

    private static Packet packet(JsonNode vector, JsonArray data, List<Bytes> attachments) {
        return data.size() == 2 && data.element(0).toString().equals("\"message\"")
                ? new Packet.Message(namespace(vector), Packet.NO_ACK, data.element(1), attachments)
                : new Packet.Event(namespace(vector), Packet.NO_ACK, data, attachments);
    }

    private static BroadcastOptions to(JsonNode message) {
        return new BroadcastOptions(
                texts(message.get("rooms")),
                texts(message.get("except")),
                false,
                message.get("volatile").booleanValue(),
                message.get("compress").booleanValue());
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(element -> texts.add(element.asString()));
        return texts;
    }

    private static JsonArray data(JsonNode data, List<Bytes> attachments) {
        return JsonArray.parse(Bytes.utf8(placeholders(data, attachments).toString()), 100);
    }

    private static JsonNode placeholders(JsonNode node, List<Bytes> attachments) {
        if (node instanceof ObjectNode object) {
            if (object.has("base64")) {
                ObjectNode placeholder = MAPPER.createObjectNode();
                placeholder.put("_placeholder", true).put("num", attachments.size());
                attachments.add(Bytes.of(Base64.getDecoder().decode(text(object, "base64"))));
                return placeholder;
            }
            ObjectNode copy = MAPPER.createObjectNode();
            object.properties()
                    .forEach(member -> copy.set(member.getKey(), placeholders(member.getValue(), attachments)));
            return copy;
        } else if (node instanceof ArrayNode array) {
            ArrayNode copy = MAPPER.createArrayNode();
            array.forEach(element -> copy.add(placeholders(element, attachments)));
            return copy;
        }
        return node;
    }

    /** Returns the content of bytes in a form that can be compared: members and rooms are sorted, and the uid of responses is left out. */
    static String comparable(Bytes wire, boolean withUid) {
        Content content = Content.read(wire, ClusterOptions.DEFAULTS);
        return sorted(MAPPER.readTree(content.json().toString()), withUid, 0) + " " + content.attachments();
    }

    private static String sorted(JsonNode node, boolean withUid, int depth) {
        if (node instanceof ObjectNode object) {
            TreeSet<String> members = new TreeSet<>();
            object.properties().forEach(member -> {
                if (withUid || depth > 0 || !member.getKey().equals("uid")) {
                    boolean set = List.of("rooms", "except").contains(member.getKey());
                    String value = set
                            ? texts(member.getValue()).stream()
                                    .sorted()
                                    .toList()
                                    .toString()
                            : sorted(member.getValue(), withUid, depth + 1);
                    members.add(member.getKey() + ":" + value);
                }
            });
            return members.toString();
        } else if (node instanceof ArrayNode array) {
            List<String> elements = new ArrayList<>();
            array.forEach(element -> elements.add(sorted(element, withUid, depth + 1)));
            return elements.toString();
        }
        return node.toString();
    }
}
