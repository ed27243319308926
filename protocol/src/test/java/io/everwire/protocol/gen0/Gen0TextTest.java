package io.everwire.protocol.gen0;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Gen0TextTest {
    @Test
    void quotesAsTheSharedWriterDoes() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            Bytes quoted = Gen0Text.quote(Bytes.utf8(text));
            assertThat(quoted).isEqualTo(Bytes.of(Json.quote(text)));
            assertThat(Gen0Text.unquote(quoted)).isEqualTo(Bytes.utf8(text));
        }
    }

    @Test
    void quotesAStretchInTheMiddle() {
        assertThat(Gen0Text.quote(Bytes.utf8("x\"a\"b").slice(2, 4))).hasToString("\"a\\\"\"");
        assertThat(Gen0Text.unquote(Bytes.utf8("[\"a\"]").slice(1, 4))).hasToString("a");
        assertThat(Gen0Text.unquote(Bytes.utf8("[\"\\n\"]").slice(1, 5))).hasToString("\n");
    }

    @Test
    void everyByteBelowABlankIsEscaped() {
        for (int c = 0; c < 0x20; c++) {
            String text = "a" + (char) c;
            assertThat(Gen0Text.quote(Bytes.utf8(text))).isEqualTo(Bytes.of(Json.quote(text)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "data=abc, abc",
        "data=a%20b+c%2B%2b, a b c++",
        "x=1&data=a&y, a",
        "data=a=b, a=b",
        "data=%7Em%7e, ~m~",
        "data=%F0%9F%98%80é, 😀é",
        "&data=a&, a",
        "data=, ''",
        "data, ",
        "'', ",
        "datax=1, ",
        "Data=1, ",
        "data=a&data=a, ",
        "data=%, ",
        "data=%4, ",
        "data=%4g, ",
        "data=%+4, ",
        "data=%FF, ",
        "data=%C0%80, ",
        "data=a%00b, 'a\0b'"
    })
    void formBodies(String body, String data) {
        Bytes expected = data == null ? null : Bytes.utf8(data);
        assertThat(Gen0Form.data(Bytes.utf8(body))).isEqualTo(expected);
        Bytes inside = Bytes.utf8("%" + body + "&data=no");
        assertThat(Gen0Form.data(inside.slice(1, 1 + Bytes.utf8(body).length())))
                .isEqualTo(expected);
    }

    @Test
    void anyPayloadSurvivesAForm() {
        Random random = new Random(4);
        for (int i = 0; i < 5_000; i++) {
            String text = text(random);
            String form = "data=" + java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
            assertThat(Gen0Form.data(Bytes.utf8(form))).isEqualTo(Bytes.utf8(text));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"_placeholder\":true,\"num\":0}|A0",
                "[{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]|[A1,A0]",
                "[{\"_placeholder\":true,\"num\":2}]|[{\"_placeholder\":true,\"num\":2}]",
                "[{\"_placeholder\":true,\"num\":}]|[{\"_placeholder\":true,\"num\":}]",
                "[{\"_placeholder\":true,\"num\":-1}]|[{\"_placeholder\":true,\"num\":-1}]",
                "[{\"_placeholder\":true,\"num\":99999999999}]|[{\"_placeholder\":true,\"num\":99999999999}]",
                "[{\"_placeholder\":true,\"num\":4294967296}]|[{\"_placeholder\":true,\"num\":4294967296}]",
                "[{\"_placeholder\":true,\"num\":0,\"x\":1}]|[{\"_placeholder\":true,\"num\":0,\"x\":1}]",
                "[{{\"_placeholder\":true,\"num\":0}|[{A0",
                "{\"_placeholder\":true,\"num\":0|{\"_placeholder\":true,\"num\":0",
                "{\"_placeholder\"|{\"_placeholder\""
            })
    void attachments(String json, String expected) {
        List<Bytes> data =
                List.of(Bytes.of(new byte[] {0, -1}), Bytes.utf8("xyz").slice(1, 2));
        for (int i = 0; i < data.size(); i++) {
            String base64 = Base64.getEncoder().encodeToString(data.get(i).toByteArray());
            expected = expected.replace("A" + i, '"' + base64 + '"');
        }
        Bytes inside = Bytes.utf8("##" + json + "}}");
        assertThat(Gen0Attachments.inline(inside.slice(2, inside.length() - 2), data))
                .hasToString(expected);
        assertThat(Gen0Attachments.inline(Bytes.utf8(json), List.of())).hasToString(json);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(20);
        for (int i = 0; i < length; i++) {
            int limit = List.of(0x20, 0x80, 0x800, 0xD800, 0x110000).get(random.nextInt(5));
            int c = random.nextInt(limit);
            text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? '\\' : c);
        }
        return text.toString();
    }
}
