package io.everwire.protocol.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.wire.Transcript;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Compares with the reference's own parsers ({@code vectors/eio4}). */
class Eio4VectorTest {
    /** The reference rounds the ack id, and lets two placeholders share an attachment (B4); here both are rejected. */
    private static final Set<String> STRICTER =
            Set.of("event with acknowledgement 2^53+1", "binary event with one binary in two places");

    static Stream<Named<JsonNode>> packets() {
        return vectors("packets");
    }

    static Stream<Named<JsonNode>> decodes() {
        return vectors("decode").filter(vector -> isUtf8(vector.getPayload().get("wire")));
    }

    static Stream<Named<JsonNode>> payloads() {
        return vectors("payloads").filter(vector -> isUtf8(vector.getPayload().get("payload")));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void packetsAreReadAndWrittenBack(JsonNode vector) {
        JsonNode wire = vector.get("wire");
        Decoded decoded = decode(wire);
        assertThat(decoded.error).isNull();
        assertThat(Json.same(vector.get("packet"), decoded.packet))
                .as("%s", decoded.packet)
                .isTrue();

        Encoded encoded = Eio4Encoder.encode(decoded.packet);
        assertThat(encoded.text().toString()).isEqualTo("4" + wire.get(0).stringValue());
        assertThat(encoded.attachments()).hasSize(wire.size() - 1);
        for (int i = 1; i < wire.size(); i++) {
            assertThat(encoded.attachments().get(i - 1)).isEqualTo(binary(wire.get(i)));
        }
    }

    @ParameterizedTest
    @MethodSource("decodes")
    void packetsAreReadAsStrictlyAsThere(JsonNode vector) {
        Decoded decoded = decode(vector.get("wire"));
        if (STRICTER.contains(vector.get("name").stringValue())) {
            assertThat(decoded.error).isNotNull();
        } else if (vector.has("error")) {
            assertThat(decoded.error).isNotNull();
            assertThat(decoded.frames).isLessThanOrEqualTo(vector.get("errorAt").intValue());
        } else if (!(vector.has("lenient") && decoded.error != null)) {
            assertThat(decoded.error).isNull();
            JsonNode result = vector.get("result");
            boolean nobodyHears = result.isNull()
                    || result.get("type").intValue() == Eio4Encoder.EVENT && !result.has("data")
                    || result.get("type").intValue() == Eio4Encoder.ACK && !result.has("id");
            assertThat(nobodyHears ? decoded.packet == null : Json.same(result, decoded.packet))
                    .as("%s", decoded.packet)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void payloadsAreSplitAndJoined(JsonNode vector) {
        String use = vector.get("use").stringValue();
        Bytes payload = Bytes.utf8(vector.get("payload").stringValue());
        if (!use.equals("encode")) {
            split(vector.get("packets"), payload);
        }
        if (!use.equals("decode") && !vector.get("packets").isEmpty()) {
            assertThat(Eio4Payload.join(encoded(vector.get("packets")))).isEqualTo(payload);
        }
    }

    private static void split(JsonNode packets, Bytes payload) {
        int from = 0;
        for (JsonNode expected : packets) {
            int end = Eio4Payload.packetEnd(payload, from);
            Bytes packet = payload.slice(from, end);
            String type = expected.get("type").stringValue();
            if (type.equals("error")) {
                assertThat(packet.isEmpty() || "0123456b".indexOf(packet.at(0)) < 0)
                        .isTrue();
            } else if (expected.has("data") && expected.get("data").isObject()) {
                splitBinary(packet, expected.get("data"));
            } else {
                String data = expected.has("data") ? expected.get("data").stringValue() : "";
                assertThat(packet.toString()).isEqualTo(digit(type) + data);
            }
            from = end + 1;
        }
    }

    /** The reference ignores characters that are not base64; except for line ends, no client sends any. */
    private static void splitBinary(Bytes packet, JsonNode expected) {
        if (packet.toString().matches("b[A-Za-z0-9+/\r\n]{2,}={0,2}[\r\n]*|b")) {
            try {
                assertThat(Eio4Payload.binaryOfText(packet)).isEqualTo(binary(expected));
                return;
            } catch (ProtocolException e) {
                assertThat(packet.length() % 4).as("%s", packet).isNotEqualTo(1);
            }
        }
        assertThatThrownBy(() -> Eio4Payload.binaryOfText(packet)).isInstanceOf(ProtocolException.class);
    }

    private static List<Encoded> encoded(JsonNode packets) {
        List<Encoded> encoded = new ArrayList<>();
        for (JsonNode packet : packets) {
            JsonNode data = packet.get("data");
            if (data == null || data.isString()) {
                String text = data == null ? "" : data.stringValue();
                encoded.add(Encoded.text(Bytes.utf8(digit(packet.get("type").stringValue()) + text)));
            } else if (encoded.isEmpty()) {
                encoded.add(Encoded.text(Eio4Payload.binaryAsText(binary(data))));
            } else {
                Encoded last = encoded.remove(encoded.size() - 1);
                List<Bytes> attachments = new ArrayList<>(last.attachments());
                attachments.add(binary(data));
                encoded.add(new Encoded(last.text(), attachments, false));
            }
        }
        return encoded;
    }

    private static int digit(String type) {
        return List.of("open", "close", "ping", "pong", "message", "upgrade", "noop")
                .indexOf(type);
    }

    private record Decoded(Packet packet, ProtocolException error, int frames) {}

    private static Decoded decode(JsonNode wire) {
        Eio4Decoder decoder = new Eio4Decoder(Eio4Samples.DEEP);
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

    /** Returns whether the text has no lone surrogate: with one, the bytes on the wire could not be UTF-8. */
    private static boolean isUtf8(JsonNode text) {
        String all = text.isString() ? text.stringValue() : text.toString();
        return all.equals(Bytes.utf8(all).toString());
    }

    static Stream<Named<JsonNode>> vectors(String file) {
        JsonNode all = new ObjectMapper()
                .readTree(Transcript.root()
                        .resolve("vectors/eio4/" + file + ".json")
                        .toFile());
        return Stream.iterate(1, i -> i < all.size(), i -> i + 1)
                .map(i -> Named.of(all.get(i).get("name").stringValue(), all.get(i)));
    }

    /** Compares packets as the reference describes them with ours. */
    static final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        static boolean same(JsonNode expected, Packet packet) {
            if (packet == null || !expected.get("nsp").stringValue().equals(packet.namespace())) {
                return false;
            }
            JsonNode data = expected.get("data");
            switch (expected.get("type").intValue()) {
                case Eio4Encoder.CONNECT:
                    Bytes payload = ((Packet.Connect) packet).payload();
                    return payload == null ? data == null : same(data, read(payload), List.of());
                case Eio4Encoder.DISCONNECT:
                    return packet instanceof Packet.Disconnect;
                case Eio4Encoder.CONNECT_ERROR:
                    Bytes error = ((Packet.ConnectError) packet).payload();
                    return data == null ? error.toString().equals("{}") : same(data, read(error), List.of());
                case Eio4Encoder.EVENT:
                    Packet.Event event = (Packet.Event) packet;
                    return id(expected) == event.ackId()
                            && same(data, read(event.data().json()), event.attachments());
                default:
                    Packet.Ack ack = (Packet.Ack) packet;
                    return id(expected) == ack.ackId()
                            && (data == null
                                    ? ack.data().size() == 0
                                    : same(data, read(ack.data().json()), ack.attachments()));
            }
        }

        private static long id(JsonNode expected) {
            return expected.has("id") ? expected.get("id").longValue() : Packet.NO_ACK;
        }

        private static JsonNode read(Bytes json) {
            return MAPPER.readTree(json.toByteArray());
        }

        private static boolean same(JsonNode expected, JsonNode actual, List<Bytes> attachments) {
            if (!attachments.isEmpty()
                    && actual.path("_placeholder").isBoolean()
                    && actual.get("_placeholder").booleanValue()) {
                return binary(expected).equals(attachments.get(actual.get("num").intValue()));
            } else if (actual.isNumber()) {
                return expected.isString()
                        ? expected.stringValue().equals(Double.toString(actual.doubleValue()))
                        : expected.doubleValue() == actual.doubleValue();
            } else if (actual.isArray() && expected.isArray() && actual.size() == expected.size()) {
                return Stream.iterate(0, i -> i < actual.size(), i -> i + 1)
                        .allMatch(i -> same(expected.get(i), actual.get(i), attachments));
            } else if (actual.isObject() && expected.isObject() && actual.size() == expected.size()) {
                return actual.properties().stream()
                        .allMatch(e ->
                                expected.has(e.getKey()) && same(expected.get(e.getKey()), e.getValue(), attachments));
            }
            return !actual.isContainer() && actual.equals(expected);
        }
    }
}
