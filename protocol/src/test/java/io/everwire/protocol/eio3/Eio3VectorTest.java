package io.everwire.protocol.eio3;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.wire.Transcript;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;

/** Compares with the parsers of the servers and clients 1.0 to 2.5 ({@code vectors/eio3}). */
class Eio3VectorTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> TYPES = List.of("open", "close", "ping", "pong", "message", "upgrade", "noop");

    /** The target of the first request of a client with each parser. */
    private static final Map<String, String> TARGETS = Map.of(
            "1.0", "/?EIO=2&transport=polling&t=1405512345678-0",
            "1.1", "/?EIO=3&transport=polling&t=1405512345678-0",
            "1.2", "/?EIO=3&transport=polling&t=Q86ltJn",
            "1.3", "/?EIO=3&transport=polling&t=Q86ltJn",
            "2.1", "/?EIO=3&transport=polling&t=Q86ltJn",
            "2.2", "/?EIO=3&transport=polling&t=Q86ltJn");

    static Stream<Named<JsonNode>> packets() {
        return vectors("packets");
    }

    static Stream<Named<JsonNode>> decodes() {
        return vectors("decode");
    }

    static Stream<Named<JsonNode>> payloads() {
        return vectors("payloads");
    }

    @ParameterizedTest
    @MethodSource("packets")
    void packetsAreReadAndWrittenBack(JsonNode vector) {
        for (JsonNode wire : new JsonNode[] {vector.get("wire"), vector.path("old")}) {
            boolean error = vector.get("packet").get("type").intValue() == Eio3Encoder.ERROR;
            if (!wire.isMissingNode()) {
                Decoded decoded = decode(wire);
                assertThat(decoded.error).isNull();
                assertThat(error || isSame(vector.get("packet"), decoded.packet))
                        .as("%s", decoded.packet)
                        .isTrue();
            }
        }
        // Packets that only the server or only the client writes are in the transcripts.
        Packet packet = decode(vector.get("wire")).packet;
        if (packet != null && !vector.get("packet").get("nsp").stringValue().contains("?")) {
            writes(packet, vector.get("wire"));
        }
    }

    /**
     * Checks that we write the same frames, except for escapes, with the types of the Engine.IO messages around them.
     */
    private static void writes(Packet packet, JsonNode wire) {
        Encoded encoded = Eio3Encoder.encode(packet);
        String text = encoded.text().toString();
        int json = text.indexOf('[');
        assertThat(text.substring(Math.max(json, 0)))
                .satisfiesAnyOf(
                        end -> assertThat(end).isEqualTo("4" + wire.get(0).stringValue()),
                        end -> assertThat(end).isASCII());
        assertThat(json < 0 ? text : text.substring(0, json) + MAPPER.readTree(text.substring(json)))
                .isEqualTo("4" + normalised(wire.get(0).stringValue()));
        assertThat(encoded.attachments()).hasSize(wire.size() - 1);
        for (int i = 1; i < wire.size(); i++) {
            Bytes attachment = encoded.attachments().get(i - 1);
            assertThat(attachment.at(0)).isEqualTo((byte) 4);
            assertThat(attachment.slice(1, attachment.length())).isEqualTo(binary(wire.get(i)));
        }
    }

    private static String normalised(String text) {
        int json = text.indexOf('[');
        return json < 0 ? text : text.substring(0, json) + MAPPER.readTree(text.substring(json));
    }

    @ParameterizedTest
    @MethodSource("decodes")
    void packetsAreReadAsStrictlyAsThere(JsonNode vector) {
        Decoded decoded = decode(vector.get("wire"));
        JsonNode result = vector.path("result");
        if (vector.has("error")) {
            assertThat(decoded.error).isNotNull();
            assertThat(decoded.frames).isLessThanOrEqualTo(vector.get("errorAt").intValue());
        } else if (STRICTER.contains(vector.get("name").stringValue())) {
            assertThat(decoded.error).isNotNull();
        } else {
            assertThat(decoded.error).isNull();
            boolean nobodyHears = result.isNull()
                    || result.get("type").intValue() == Eio3Encoder.ERROR
                    || result.get("type").intValue() == Eio3Encoder.EVENT && !result.has("data")
                    || result.get("type").intValue() == Eio3Encoder.ACK && !result.has("id");
            assertThat(nobodyHears ? decoded.packet == null : isSame(result, decoded.packet))
                    .as("%s", decoded.packet)
                    .isTrue();
        }
    }

    /**
     * Unknown types are ignored by the original; here they close the session, as in 4.x. An attachment with two placeholders would
     * cost receivers many times the size of its message (B4).
     */
    private static final List<String> STRICTER =
            List.of("empty packet", "type 7", "a letter for a type", "both placeholders for one binary");

    @ParameterizedTest
    @MethodSource("payloads")
    void payloadsAreReadInEveryDialect(JsonNode vector) {
        if (vector.has("text")) {
            Bytes text = Bytes.utf8(vector.get("text").stringValue());
            assertThat(read(text, false, vector)).isEqualTo(expected(vector));
        }
        if (vector.has("binary")) {
            assertThat(read(binary(vector.get("binary")), true, vector)).isEqualTo(expected(vector));
        }
        JsonNode frame = vector.path("frame");
        if (frame.isString()) {
            Bytes line = dialect(vector).fromLine(Bytes.utf8(frame.stringValue()));
            assertThat(line.toString()).isEqualTo(expected(vector).get(0));
        } else if (frame.isObject()) {
            assertThat(hex(binary(frame))).isEqualTo(expected(vector).get(0));
        }
    }

    /** Compares with the bytes that a server with this parser would send, once the dialect is known. */
    @ParameterizedTest
    @MethodSource("payloads")
    void payloadsAreWrittenInEveryDialect(JsonNode vector) {
        Eio3Dialect dialect = dialect(vector);
        boolean twice = vector.get("parser").stringValue().startsWith("1");
        dialect.fromPoll(Bytes.utf8(twice ? "\u00c3\u00a9" : "\u20ac"));
        List<Encoded> packets = encoded(vector.get("packets"));
        if (packets == null) {
            return;
        }
        if (vector.has("text")) {
            assertThat(Eio3Payload.text(packets, dialect).toString())
                    .isEqualTo(vector.get("text").stringValue());
        }
        if (vector.has("binary")) {
            assertThat(Eio3Payload.binary(packets)).isEqualTo(binary(vector.get("binary")));
        }
        if (vector.path("frame").isString()) {
            assertThat(dialect.toLine(packets.get(0).text()).toString())
                    .isEqualTo(vector.get("frame").stringValue());
        }
    }

    private static List<String> read(Bytes body, boolean binary, JsonNode vector) {
        Eio3Payload.Reader reader = new Eio3Payload.Reader(body, binary, dialect(vector));
        List<String> read = new ArrayList<>();
        for (Eio3Payload.Part part = reader.next(); part != null; part = reader.next()) {
            boolean base64 = !part.binary() && part.bytes().at(0) == 'b';
            String text = part.bytes().toString();
            read.add(part.binary() ? hex(part.bytes()) : base64 ? hex(typed(part.bytes())) : text);
        }
        return read;
    }

    private static Bytes typed(Bytes base64) {
        Bytes bytes = Eio3Payload.binaryOfText(base64);
        byte[] typed = new byte[1 + bytes.length()];
        typed[0] = 4;
        System.arraycopy(bytes.array(), bytes.offset(), typed, 1, bytes.length());
        return Bytes.of(typed);
    }

    private static List<String> expected(JsonNode vector) {
        List<String> expected = new ArrayList<>();
        for (JsonNode packet : vector.get("packets")) {
            JsonNode data = packet.path("data");
            String digit = "" + TYPES.indexOf(packet.get("type").stringValue());
            expected.add(
                    data.isObject()
                            ? "<04" + hex(binary(data)).substring(1)
                            : digit + (data.isString() ? data.stringValue() : ""));
        }
        return expected;
    }

    /** Returns the packets; null if a binary message is first, because in this generation they follow a text. */
    private static List<Encoded> encoded(JsonNode packets) {
        List<Encoded> encoded = new ArrayList<>();
        for (JsonNode packet : packets) {
            JsonNode data = packet.path("data");
            String digit = "" + TYPES.indexOf(packet.get("type").stringValue());
            if (!data.isObject()) {
                encoded.add(Encoded.text(Bytes.utf8(digit + (data.isString() ? data.stringValue() : ""))));
            } else if (encoded.isEmpty()) {
                return null;
            } else {
                Encoded last = encoded.remove(encoded.size() - 1);
                byte[] bytes = binary(data).toByteArray();
                byte[] typed = new byte[1 + bytes.length];
                typed[0] = 4;
                System.arraycopy(bytes, 0, typed, 1, bytes.length);
                encoded.add(new Encoded(last.text(), List.of(Bytes.of(typed)), false));
            }
        }
        return encoded;
    }

    private static Eio3Dialect dialect(JsonNode vector) {
        return Eio3Dialect.of(TARGETS.get(vector.get("parser").stringValue()));
    }

    private record Decoded(Packet packet, ProtocolException error, int frames) {}

    private static Decoded decode(JsonNode wire) {
        Eio3Decoder decoder = new Eio3Decoder(io.everwire.protocol.SessionOptions.DEFAULTS);
        Packet packet = null;
        for (int i = 0; i < wire.size(); i++) {
            try {
                JsonNode frame = wire.get(i);
                packet = frame.isString()
                        ? decoder.text(Bytes.utf8(frame.stringValue()))
                        : decoder.binary(binary(frame));
            } catch (ProtocolException e) {
                return new Decoded(packet, e, i);
            }
        }
        return new Decoded(packet, null, wire.size());
    }

    private static Bytes binary(JsonNode frame) {
        return Bytes.of(Base64.getDecoder().decode(frame.get("base64").stringValue()));
    }

    private static String hex(Bytes bytes) {
        return "<" + java.util.HexFormat.of().formatHex(bytes.toByteArray()) + ">";
    }

    /** Compares a packet as the original describes it with ours. */
    private static boolean isSame(JsonNode expected, Packet packet) {
        String nsp = expected.get("nsp").stringValue();
        if (packet instanceof Packet.Connect connect) {
            return nsp.startsWith(connect.namespace()) && nsp.contains("?") == (connect.payload() != null);
        } else if (packet instanceof Packet.Event event) {
            return nsp.equals(event.namespace())
                    && id(expected) == event.ackId()
                    && isSame(expected.get("data"), event.data(), event.attachments());
        } else if (packet instanceof Packet.Ack ack) {
            return nsp.equals(ack.namespace())
                    && id(expected) == ack.ackId()
                    && isSame(expected.path("data"), ack.data(), ack.attachments());
        }
        return packet != null && nsp.equals(packet.namespace());
    }

    private static long id(JsonNode expected) {
        return expected.has("id") ? expected.get("id").longValue() : Packet.NO_ACK;
    }

    private static boolean isSame(JsonNode expected, JsonArray data, List<Bytes> attachments) {
        JsonNode actual = filled(MAPPER.readTree(data.json().toByteArray()), attachments);
        return expected.isMissingNode() ? actual.isEmpty() : expected.equals(actual);
    }

    /** Returns the JSON with attachments in the form of the vectors. */
    private static JsonNode filled(JsonNode json, List<Bytes> attachments) {
        if (json.isArray()) {
            ArrayNode array = MAPPER.createArrayNode();
            json.forEach(element -> array.add(filled(element, attachments)));
            return array;
        } else if (!json.isObject()) {
            return json;
        } else if (!attachments.isEmpty() && json.path("_placeholder").asBoolean(false)) {
            byte[] bytes = attachments.get(json.get("num").intValue()).toByteArray();
            return MAPPER.createObjectNode().put("base64", Base64.getEncoder().encodeToString(bytes));
        }
        var object = MAPPER.createObjectNode();
        json.properties().forEach(member -> object.set(member.getKey(), filled(member.getValue(), attachments)));
        return object;
    }

    private static Stream<Named<JsonNode>> vectors(String file) {
        JsonNode all = MAPPER.readTree(
                Transcript.root().resolve("vectors/eio3/" + file + ".json").toFile());
        return Stream.iterate(1, i -> i < all.size(), i -> i + 1)
                .map(i -> Named.of(all.get(i).get("name").stringValue(), all.get(i)));
    }
}
