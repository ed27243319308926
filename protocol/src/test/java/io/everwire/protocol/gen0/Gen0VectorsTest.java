package io.everwire.protocol.gen0;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Compares with the original's encoder and decoder. Differences are listed by name (wire card, "Unlike the original").
 */
final class Gen0VectorsTest {
    private static final Set<String> FOUND_LESS = Set.of(
            "only the mark",
            "length without the second mark",
            "length and half the second mark",
            "length and second mark, no body",
            "body shorter than the length",
            "good, then a body too short",
            "emoji cut in two",
            "emoji cut in two, then a message",
            "negative length",
            "length with a plus",
            "length with a point",
            "length in hexadecimal",
            "length with an exponent",
            "length in Arabic digits",
            "length in full-width digits",
            "length beyond 2^31",
            "length beyond 2^53",
            "length of four hundred digits",
            "space after the length",
            "other characters for the second mark",
            "second mark is a heartbeat mark",
            "body of digits without second mark");

    static List<JsonNode> decodes() {
        return Vectors.of("decode.json");
    }

    static List<JsonNode> encodes() {
        return Vectors.of("encode.json");
    }

    @ParameterizedTest
    @MethodSource("decodes")
    void decodesAsTheOriginal(JsonNode vector) {
        List<String> original = texts(vector.get("messages"));
        List<String> ours = Vectors.decode(Vectors.wire(vector.get("payload").asString()));
        if (FOUND_LESS.contains(vector.get("name").asString())) {
            assertThat(vector.get("wellFormed").asBoolean()).isFalse();
            assertThat(original).hasSizeGreaterThan(ours.size());
            assertThat(ours).isEqualTo(original.subList(0, ours.size()));
        } else {
            assertThat(ours).isEqualTo(original);
        }
    }

    /** The original's own tests of its framing; the values are ours. */
    @Test
    void originalUtilsDecoding() {
        assertThat(Vectors.decode("~m~3~m~one~m~3~m~two")).containsExactly("one", "two");
    }

    @Test
    void originalUtilsDecodingOfBadFramedMessages() {
        assertThat(Vectors.decode("~m~3~m~one~m~two")).containsExactly("one");
        assertThat(Vectors.decode("~m~3~m~one two")).containsExactly("one");
    }

    /** For the original an array was many messages; here it is sent by many calls. */
    @Test
    void originalUtilsEncoding() {
        assertThat(encode(Json.quote("one")) + encode(Json.quote("2"))).isEqualTo("~m~3~m~one~m~1~m~2");
        assertThat(encode(Json.quote("text"))).isEqualTo("~m~4~m~text");
        assertThat(encode(Json.quote(""))).isEqualTo("~m~0~m~");
    }

    @Test
    void aPayloadCutAnywhereGivesItsFirstMessages() {
        Random random = new Random(1);
        for (JsonNode vector : decodes()) {
            Bytes payload = Bytes.utf8(Vectors.wire(vector.get("payload").asString()));
            List<Bytes> whole = Vectors.decode(payload);
            for (int i = 0; i <= payload.length(); i++) {
                List<Bytes> cut = Vectors.decode(payload.slice(0, i));
                assertThat(cut).as("%s cut at %d", vector, i).isEqualTo(whole.subList(0, cut.size()));
                // Bytes before and behind the payload in its array must not be read.
                int from = random.nextInt(payload.length() + 1);
                byte[] inside = new byte[payload.length() + from + 5];
                System.arraycopy(payload.array(), payload.offset(), inside, from, payload.length());
                assertThat(Vectors.decode(Bytes.of(inside, from, from + i))).isEqualTo(cut);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("encodes")
    void encodesAsTheOriginal(JsonNode vector) {
        JsonNode value = vector.get("value");
        String payload = Vectors.wire(vector.get("payload").asString());
        if (value.isString()) {
            String text = value.asString();
            boolean marked = text.startsWith("~h~") || text.startsWith("~j~");
            assertThat(encode(Json.quote(text))).isEqualTo(marked ? wrapped(text) : payload);
            assertThat(Vectors.decode(payload)).containsExactly(Vectors.wire(text));
        } else if (value.isObject()) {
            assertThat(encode(jsonOf(payload))).isEqualTo(payload);
        } else {
            // Ours: every value other than a text is JSON, which all the original's clients read.
            String json = value.toString();
            assertThat(encode(json.getBytes(UTF_8)))
                    .isEqualTo("~m~" + ("~j~" + json).length() + "~m~~j~" + Vectors.wire(json));
        }
    }

    @ParameterizedTest
    @MethodSource("encodes")
    void anArrayOfTheOriginalIsManyMessages(JsonNode vector) {
        JsonNode value = vector.get("value");
        boolean known = StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isString);
        if (value.isArray() && known) {
            StringBuilder frames = new StringBuilder();
            value.forEach(element -> frames.append(encode(Json.quote(element.asString()))));
            assertThat(frames).hasToString(Vectors.wire(vector.get("payload").asString()));
        }
    }

    private static String encode(byte[] json) {
        Packet message = new Packet.Message("/", Packet.NO_ACK, Bytes.of(json), List.of());
        return new Gen0().encode(message).text().toString();
    }

    private static byte[] jsonOf(String payload) {
        String body = Vectors.decode(payload).get(0);
        assertThat(body).startsWith("~j~");
        return body.substring(3).getBytes(UTF_8);
    }

    private static String wrapped(String text) {
        String json = Bytes.of(Json.quote(text)).toString();
        return "~m~" + (3 + json.length()) + "~m~~j~" + json;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(Vectors.wire(text.asString())));
        return texts;
    }
}
