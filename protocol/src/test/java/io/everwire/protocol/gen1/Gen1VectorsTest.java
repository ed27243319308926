package io.everwire.protocol.gen1;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares with the original's encoder and decoder. Differences are listed by name (wire card, "Unlike the original").
 */
final class Gen1VectorsTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** Packets that are ignored here, or have nothing for the application; the original decoded them. */
    private static final Set<String> NOTHING = Set.of(
            "colons in front",
            "id beyond 2^53",
            "endpoint without slash",
            "endpoint of a slash",
            "JSON that is none",
            "JSON that is empty",
            "event without name",
            "event with a number for its name",
            "event with JSON that is none",
            "event with an array",
            "event without data",
            "ack with id 0",
            "ack without id");

    /** Payloads of which only whole packets are found here. */
    private static final Set<String> FOUND_LESS = Set.of(
            "empty",
            "no number",
            "a number that is none",
            "a negative number",
            "a blank in the number",
            "shorter than promised",
            "good, then shorter than promised",
            "good, then no mark",
            "cut inside a character",
            "beyond 2^31");

    static List<JsonNode> encodes() {
        return Vectors.of("encode.json");
    }

    static List<JsonNode> decodes() {
        return Vectors.of("decode.json");
    }

    static List<JsonNode> payloads() {
        return Vectors.of("payloads.json");
    }

    static List<JsonNode> broken() {
        return Vectors.of("broken-payloads.json");
    }

    @ParameterizedTest
    @MethodSource("encodes")
    void encodesAsTheOriginal(JsonNode vector) {
        String text = vector.get("text").asString();
        assertThat(encoded(vector.get("packet"))).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("decodes")
    void decodesAsTheOriginal(JsonNode vector) {
        JsonNode original = vector.get("packet");
        Gen1Packet packet = Gen1Packet.read(Bytes.utf8(vector.get("text").asString()));
        Packet ours = packet == null ? null : Gen1Decoder.read(packet, 64);
        String name = vector.get("name").asString();
        if (NOTHING.contains(name)) {
            assertThat(original.has("type")).isTrue();
            assertThat(ours).isNull();
        } else if (name.equals("ack with a line end in its JSON")) {
            // The original reads an answer up to the end of its first line, although JSON may continue behind it.
            assertThat(original.get("args")).isEmpty();
            assertThat(said(ours)).isEqualTo("ack / 4 [\"a\",1]");
        } else if (name.startsWith("bare ")) {
            assertThat(original.has("type")).isFalse();
            assertThat(packet).isNotNull();
        } else {
            assertThat(ours == null ? null : said(ours)).isEqualTo(said(original));
            boolean receipt = original.has("id") && !original.has("ack")
                    || original.path("ack").asBoolean(false);
            assertThat(packet != null && packet.wantsReceipt()).isEqualTo(receipt);
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void framesAsTheOriginal(JsonNode vector) {
        List<String> packets = Vectors.texts(vector.get("packets"));
        Bytes payload = Bytes.utf8(vector.get("payload").asString());
        assertThat(Gen1Framing.join(packets.stream().map(Bytes::utf8).toList())).isEqualTo(payload);
        assertThat(Vectors.split(payload).stream().map(Bytes::toString).toList())
                .isEqualTo(packets);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void readsBrokenPayloadsAsFarAsTheyAreWhole(JsonNode vector) {
        List<String> original = Vectors.texts(vector.get("packets"));
        List<String> ours = Vectors.split(Bytes.utf8(vector.get("payload").asString())).stream()
                .map(Bytes::toString)
                .toList();
        if (FOUND_LESS.contains(vector.get("name").asString())) {
            assertThat(ours).hasSizeLessThan(original.size()).isEqualTo(original.subList(0, ours.size()));
        } else {
            assertThat(ours).isEqualTo(original);
        }
    }

    @Test
    void aPayloadCutAnywhereGivesItsFirstPackets() {
        for (JsonNode vector : payloads()) {
            Bytes payload = Bytes.utf8(vector.get("payload").asString());
            List<Bytes> whole = Vectors.split(payload);
            for (int i = 0; whole.size() > 1 && i <= payload.length(); i++) {
                List<Bytes> cut = Vectors.split(payload.slice(0, i));
                // One or two bytes of a mark are no mark: the payload is then one unreadable packet.
                boolean torn = cut.size() == 1 && i > 0 && i < 3;
                assertThat(torn ? List.of() : cut).isEqualTo(whole.subList(0, torn ? 0 : cut.size()));
                byte[] inside = new byte[payload.length() + 12];
                System.arraycopy(payload.array(), payload.offset(), inside, 7, payload.length());
                assertThat(Vectors.split(Bytes.of(inside, 7, 7 + i))).isEqualTo(cut);
            }
        }
    }

    /** Returns the packet of a vector as we write it. */
    private static String encoded(JsonNode packet) {
        String endpoint = packet.path("endpoint").asString("");
        String nsp = endpoint.isEmpty() ? "/" : endpoint;
        long ackId = packet.has("id") ? Gen1Encoder.ackId(packet.get("id").asLong()) : Packet.NO_ACK;
        Packet ours = switch (packet.get("type").asString()) {
            case "disconnect" -> new Packet.Disconnect(nsp);
            case "connect" -> new Packet.Connect(nsp, Bytes.utf8("{\"sid\":\"x\"}"));
            case "message", "json" -> new Packet.Message(nsp, ackId, bytes(packet.get("data")), List.of());
            case "event" -> new Packet.Event(nsp, ackId, data(packet), List.of());
            case "ack" -> new Packet.Ack(nsp, packet.get("ackId").asLong(), array(packet.path("args")), List.of());
            case "error" ->
                packet.has("advice") ? null : new Packet.ConnectError(nsp, Bytes.utf8("{\"message\":\"no\"}"));
            default -> null;
        };
        if (packet.get("type").asString().equals("json") && packet.get("data").isString()) {
            // A text is a message, in every form that the original sent.
            return "4:::" + packet.get("data");
        }
        return ours == null ? constant(packet) : new Gen1().encode(ours).text().toString();
    }

    private static String constant(JsonNode packet) {
        return switch (packet.get("type").asString()) {
            case "heartbeat" -> Gen1Encoder.HEARTBEAT.toString();
            case "noop" -> Gen1Encoder.NOOP.toString();
            default -> Gen1Encoder.NOT_HANDSHAKEN.toString();
        };
    }

    private static JsonArray data(JsonNode event) {
        List<Bytes> elements = new ArrayList<>();
        elements.add(bytes(event.get("name")));
        event.path("args").forEach(argument -> elements.add(bytes(argument)));
        return JsonArray.of(elements.toArray(Bytes[]::new));
    }

    private static JsonArray array(JsonNode args) {
        List<Bytes> elements = new ArrayList<>();
        args.forEach(argument -> elements.add(bytes(argument)));
        return JsonArray.of(elements.toArray(Bytes[]::new));
    }

    private static Bytes bytes(JsonNode value) {
        return value.isString() ? Bytes.of(Json.quote(value.asString())) : Bytes.utf8(value.toString());
    }

    /** Returns the event or message of the original's packet for the application; null if it has none. */
    private static @Nullable String said(JsonNode packet) {
        String endpoint = packet.path("endpoint").asString("");
        int query = endpoint.indexOf('?');
        String nsp = endpoint.isEmpty() ? "/" : query < 0 ? endpoint : endpoint.substring(0, query);
        String id = "data".equals(packet.path("ack").asString(""))
                ? " " + packet.get("id").asLong()
                : "";
        String type = packet.path("type").asString("");
        return switch (type) {
            case "connect", "disconnect" -> type + " " + nsp;
            case "message", "json" -> "message " + nsp + id + " " + packet.get("data");
            case "event" -> "event " + nsp + id + " " + packet.get("name") + " " + wrapped(packet.get("args"));
            case "ack" -> {
                JsonNode args = packet.get("args");
                yield "ack " + nsp + " " + packet.get("ackId").asLong() + " " + (args.isArray() ? args : "[]");
            }
            default -> null;
        };
    }

    private static String wrapped(JsonNode args) {
        return args.isArray() ? args.toString() : "[" + args + "]";
    }

    private static String said(Packet packet) {
        String nsp = packet.namespace();
        if (packet instanceof Packet.Message message) {
            return "message " + nsp + id(message.ackId()) + " "
                    + JSON.readTree(message.data().toString());
        } else if (packet instanceof Packet.Event event) {
            return "event " + nsp + id(event.ackId()) + " "
                    + JSON.readTree(event.data().element(0).toString()) + " "
                    + JSON.readTree(event.data().tail().json().toString());
        } else if (packet instanceof Packet.Ack ack) {
            return "ack " + nsp + " " + Gen1Encoder.wireId(ack.ackId()) + " "
                    + JSON.readTree(ack.data().json().toString());
        }
        return (packet instanceof Packet.Connect ? "connect " : "disconnect ") + nsp;
    }

    private static String id(long ackId) {
        return ackId == Packet.NO_ACK ? "" : " " + ackId;
    }
}
