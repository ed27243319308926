package io.everwire.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

class JsonTest {
    private static final int DEPTH = 8;
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(Json.MAX_NUMBER_LENGTH)
                    .build())
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-0",
                "-1",
                "10",
                "1.5",
                "0.0",
                "1e5",
                "1E+5",
                "1.0e-5",
                "-0.0e0",
                "1e400",
                "\"\"",
                "\"a\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00\"",
                "\"\\ud83d\"",
                "\"\\u0000\"",
                "\"é€😀\u2028\u2029\u007F\"",
                "[]",
                "[1]",
                "[1,2]",
                " [ 1 , 2 ] ",
                "\t\r\n 1 \t\r\n",
                "{}",
                "{\"\":0}",
                "{\"a\":1,\"a\":2}",
                "{ \"a\" : [ { } ] }",
                "[[[[[[[[]]]]]]]]",
                "[\"]\",\"}\",\",\"]"
            })
    void isJson(String json) {
        assertThat(isValue(json)).isTrue();
        assertThat(jackson(json.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nul",
                "nulL",
                "True",
                "nullx",
                "undefined",
                "NaN",
                "Infinity",
                "-Infinity",
                "-",
                "+1",
                "01",
                "-01",
                "1.",
                ".5",
                "1.e5",
                "1e",
                "1e+",
                "0x10",
                "1_000",
                "1 2",
                "\"",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u\"",
                "\"\n\"",
                "\"\t\"",
                "\"\u0000\"",
                "'a'",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1]]",
                "{",
                "}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{a:1}",
                "{1:1}",
                "{\"a\" 1}",
                "{\"a\":1]",
                "[1}",
                "/*c*/1",
                "1//c",
                "#",
                "\u00A01",
                "\uFEFF1",
                "1\f",
                "[[[[[[[[[]]]]]]]]]",
                "{\"a\":[[[[[[[[]]]]]]]]}"
            })
    void isNotJson(String json) {
        assertThat(isValue(json)).isFalse();
        assertThat(jackson(json.getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void textMustBeUtf8() {
        for (int[] bad : new int[][] {
            {0x80},
            {0xC3},
            {0xC0, 0x80},
            {0xC1, 0xBF},
            {0xE0, 0x9F, 0xBF},
            {0xED, 0xA0, 0x80},
            {0xF0, 0x8F, 0xBF, 0xBF},
            {0xF4, 0x90, 0x80, 0x80},
            {0xF5, 0x80, 0x80, 0x80},
            {0xE2, 0x82},
            {0xE2, 0x28, 0xA1},
            {0xFF}
        }) {
            byte[] json = new byte[bad.length + 2];
            json[0] = '"';
            json[json.length - 1] = '"';
            for (int i = 0; i < bad.length; i++) {
                json[i + 1] = (byte) bad[i];
            }
            assertThat(Json.isValue(json, 0, json.length, 1))
                    .as(Arrays.toString(bad))
                    .isFalse();
        }
    }

    @Test
    void numbersAreBounded() {
        assertThat(isValue("1".repeat(Json.MAX_NUMBER_LENGTH))).isTrue();
        assertThat(isValue("1".repeat(Json.MAX_NUMBER_LENGTH + 1))).isFalse();
        assertThat(isValue("[0." + "1".repeat(Json.MAX_NUMBER_LENGTH) + "]")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"[], 0, false", "[], 1, true", "[[]], 1, false", "[[]], 2, true", "1, 0, true"})
    void depthIsBounded(String json, int depth, boolean valid) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThat(Json.isValue(bytes, 0, bytes.length, depth)).isEqualTo(valid);
        assertThat(Json.elements(bytes, 0, bytes.length, depth) != null).isEqualTo(valid && json.startsWith("["));
    }

    @Test
    void elementsAreFoundWithoutTheSpaceAroundThem() {
        byte[] json = "xx [ \"a,]\" ,\n{\"b\":[1,2]}, -1.5e3 ] yy".getBytes(StandardCharsets.UTF_8);
        int[] bounds = Json.elements(json, 2, json.length - 2, 9);
        assertThat(bounds).hasSize(6);
        assertThat(cut(json, bounds, 0)).isEqualTo("\"a,]\"");
        assertThat(cut(json, bounds, 1)).isEqualTo("{\"b\":[1,2]}");
        assertThat(cut(json, bounds, 2)).isEqualTo("-1.5e3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "{}", "[", "[1", "[1,", "[1,]", "[1]x", "[]]", "[ ]x", "[1 2]", "[x]", "[1}"})
    void noElements(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThat(Json.elements(bytes, 0, bytes.length, 9)).isNull();
    }

    @Test
    void manyElements() {
        String json = "[" + "1,".repeat(9_999) + "1]";
        assertThat(Json.elements(json.getBytes(StandardCharsets.UTF_8), 0, json.length(), 1))
                .hasSize(20_000);
        assertThat(Json.elements("[ ]".getBytes(StandardCharsets.UTF_8), 0, 3, 1))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "\"\\/\b\f\n\r\t\0\u001F", "é€😀\u2028", "\uD83D", "\uDE00x", "\uDE00\uD83D", "a\uD83Db"
            })
    void textIsQuotedAndReadBack(String text) {
        byte[] quoted = Json.quote(text);
        assertThat(Json.isValue(quoted, 0, quoted.length, 0)).isTrue();
        assertThat(Json.text(quoted, 0, quoted.length)).isEqualTo(text);
    }

    /** The literals are those of JSON.stringify. */
    @Test
    void textIsQuotedAsInJavaScript() {
        assertThat(quote("\"\\/\b\f\n\r\t\0\u001F\u007F\u2028é😀"))
                .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007F\u2028é😀\"");
        assertThat(quote("\uD83D")).isEqualTo("\"\\ud83d\"");
    }

    @Test
    void escapesAreRead() {
        byte[] json = "\"\\u0041\\/\\b\\f\\n\\r\\t\\\"\\\\\\uD83D\\uDe00\"".getBytes(StandardCharsets.UTF_8);
        assertThat(Json.text(json, 0, json.length)).isEqualTo("A/\b\f\n\r\t\"\\😀");
    }

    @Test
    void agreesWithJackson() {
        String[] samples = {
            "[\"hello\",1,null,{\"a\":[true,false,-1.5e+3]},\"é€😀\\u00e9\\n\"]",
                    "{\"a\":{\"b\":[0,10,0.5]},\"\":\"\"}",
            "[[[[]]],[],{},\"\",0]", "-12.34E-5"
        };
        String likely = "0123456789eE+-.,:[]{}\"\\ \t\nutrfalsn";
        Random random = new Random(17);
        int valid = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] json = samples[random.nextInt(samples.length)].getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                json[random.nextInt(json.length)] = random.nextInt(6) == 0
                        ? (byte) random.nextInt(256)
                        : (byte) likely.charAt(random.nextInt(likely.length()));
            }
            boolean isValue = Json.isValue(json, 0, json.length, DEPTH);
            valid += isValue ? 1 : 0;
            assertThat(isValue)
                    .as("%s", new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(jackson(json));
            assertThat(Json.elements(json, 0, json.length, DEPTH) != null)
                    .isEqualTo(isValue
                            && new String(json, StandardCharsets.UTF_8).trim().startsWith("["));
        }
        assertThat(valid).isBetween(2_500, 47_500);
    }

    /**
     * Returns whether Jackson reads exactly one value. Jackson does not always detect invalid UTF-8, so UTF-8 is
     * checked first and Jackson reads text.
     */
    private static boolean jackson(byte[] json) {
        if (!Utf8.isValid(json, 0, json.length)) {
            return false;
        }
        try (JsonParser parser =
                JACKSON.createParser(ObjectReadContext.empty(), new String(json, StandardCharsets.UTF_8))) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            if (parser.currentToken().isScalarValue()) {
                parser.getString();
            }
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean isValue(String json) {
        byte[] bytes = ("x" + json + "x").getBytes(StandardCharsets.UTF_8);
        return Json.isValue(bytes, 1, bytes.length - 1, DEPTH);
    }

    private static String cut(byte[] json, int[] bounds, int index) {
        int from = bounds[2 * index];
        return new String(json, from, bounds[2 * index + 1] - from, StandardCharsets.UTF_8);
    }

    private static String quote(String text) {
        return new String(Json.quote(text), StandardCharsets.UTF_8);
    }
}
