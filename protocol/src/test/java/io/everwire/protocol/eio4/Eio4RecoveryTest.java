package io.everwire.protocol.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the recovery data that a reconnecting client puts among its authentication data. */
class Eio4RecoveryTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int MAX_DEPTH = 64;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pid\":\"p\",\"offset\":\"o\"}",
                " { \"offset\" : \"o\" ,\n\"token\":[{\"pid\":1},\"]}\"],\t\"pid\" : \"p\" } ",
                "{\"pid\":1,\"offset\":\"x\",\"pid\":\"p\",\"offset\":\"o\"}",
                "{\"\\u0070\\u0069\\u0064\":\"\\u0070\",\"\\u006f\\u0066\\u0066\\u0073\\u0065\\u0074\":\"\\u006f\"}",
                "{\"a\":-1.5e3,\"b\":true,\"c\":null,\"pid\":\"p\",\"d\":\"\\\\\",\"e\":\"\\\"\",\"offset\":\"o\"}"
            })
    void bothAreFoundWhereverTheyStand(String json) {
        assertThat(find(json)).isEqualTo(new Packet.Recovery("p", "o"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " { } ",
                "{\"pid\":\"p\"}",
                "{\"offset\":\"o\"}",
                "{\"pid\":\"p\",\"offset\":null}",
                "{\"pid\":[\"p\"],\"offset\":\"o\"}",
                "{\"pid\":\"p\",\"offset\":\"o\",\"pid\":{}}",
                "{\"auth\":{\"pid\":\"p\",\"offset\":\"o\"}}",
                "{\"Pid\":\"p\",\"offset \":\"o\"}"
            })
    void bothMustBeTexts(String json) {
        assertThat(find(json)).isNull();
    }

    @Test
    void theSameIsFoundAsByAParser() {
        Random random = new Random(44);
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            found += agrees(object(random, 3)) ? 1 : 0;
        }
        assertThat(found).isBetween(1_000, 19_000);
    }

    @FuzzTest
    void theSameIsFoundInWhatever(byte[] json) {
        Bytes bytes = Bytes.of(json);
        if (json.length > 0
                && json[0] == '{'
                && io.everwire.protocol.text.Json.isValue(json, 0, json.length, MAX_DEPTH)) {
            Eio4Recovery.of(bytes);
        }
    }

    private static boolean agrees(String json) {
        JsonNode pid = JSON.readTree(json).path("pid");
        JsonNode offset = JSON.readTree(json).path("offset");
        boolean both = pid.isString() && offset.isString();
        assertThat(find(json))
                .as(json)
                .isEqualTo(both ? new Packet.Recovery(pid.stringValue(), offset.stringValue()) : null);
        return both;
    }

    private static Packet.Recovery find(String json) {
        // As it arrives: in the middle of an array.
        byte[] bytes = ("40/a," + json + "]").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Eio4Recovery.of(Bytes.of(bytes, 5, bytes.length - 1));
    }

    private static String object(Random random, int depth) {
        StringBuilder json = new StringBuilder("{");
        int members = random.nextInt(5);
        for (int i = 0; i < members; i++) {
            json.append(i == 0 ? "" : ",")
                    .append(space(random))
                    .append(pick(
                            random, "\"pid\"", "\"offset\"", "\"p\\u0069d\"", "\"offse\\u0074\"", "\"\"", "\"x\\\"\""))
                    .append(space(random))
                    .append(':')
                    .append(space(random))
                    .append(value(random, depth))
                    .append(space(random));
        }
        return json.append('}').toString();
    }

    private static String value(Random random, int depth) {
        if (depth > 0 && random.nextInt(4) == 0) {
            String inner = object(random, depth - 1);
            return random.nextBoolean() ? inner : "[" + inner + " , " + value(random, depth - 1) + "]";
        }
        return pick(
                random,
                "\"p\"",
                "\"\\\\\"",
                "\"]},{[\\\"\"",
                "\"é😀\\u00e9\"",
                "1",
                "-0.5e+3",
                "true",
                "null",
                "\"o\"",
                "\"\"");
    }

    private static String space(Random random) {
        return pick(random, "", "", "", " ", "\n\t\r ");
    }

    private static String pick(Random random, String... from) {
        return from[random.nextInt(from.length)];
    }
}
