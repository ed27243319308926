package io.everwire.protocol.eio3;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One odd text does not change the reading of the texts after it (C7). */
class Eio3DialectTest {
    private static final String TEXT = "\u00e9 \u20ac \ud83d\ude00";

    /** Texts that a client writes twice: whole, with lone surrogates, and with what looks written twice already. */
    static List<String> odd() {
        return List.of(
                "\ud83d",
                "a\ude00b",
                "\ud83d\ud83d\u00e9",
                "\u00c3\u00a9",
                "\u0080",
                "\u00ff",
                "\ufffd",
                "\uffff",
                "\ufeff");
    }

    @ParameterizedTest
    @MethodSource("odd")
    void textWrittenTwice(String odd) {
        for (String query : List.of("EIO=2&t=1405512345678-0", "EIO=3&t=1405512345678-0", "EIO=3&t=Q86ltJn", "EIO=3")) {
            Eio3Dialect dialect = Eio3Dialect.of("/?" + query);
            String expected = Bytes.of(scripted(odd)).toString();
            for (int i = 0; i < 2; i++) {
                assertThat(dialect.fromPoll(twice(odd)).toString()).as(query).isEqualTo(expected);
                assertThat(dialect.fromPoll(twice(TEXT)).toString()).as(query).isEqualTo(TEXT);
            }
            assertThat(dialect.toPoll(Bytes.utf8(TEXT))).isEqualTo(twice(TEXT));
        }
    }

    /** The one ambiguous text is read right as soon as another text has shown the client. */
    @ParameterizedTest
    @CsvSource({"EIO=3&t=Q86ltJn", "EIO=3", "EIO=2&b64=true"})
    void textWrittenOnce(String query) {
        for (String shows :
                List.of("\u20ac", "\u00e9", TEXT, "\u00c3\u00a9\u00c3", "\ud7ff", "\u00ed\u00a0", "\ufffd")) {
            Eio3Dialect dialect = Eio3Dialect.of("/?" + query);
            assertThat(dialect.fromPoll(Bytes.utf8("\u00c3\u00a9")).toString()).isEqualTo("\u00e9");
            for (String text : List.of(shows, "\u00c3\u00a9", TEXT, shows)) {
                assertThat(dialect.fromPoll(Bytes.utf8(text)).toString())
                        .as(shows)
                        .isEqualTo(text);
            }
            assertThat(dialect.toPoll(Bytes.utf8(TEXT)).toString()).isEqualTo(TEXT);
        }
    }

    /** Clients 1.0 to 1.3 are known by their first request: text that they cannot write does not change that. */
    @ParameterizedTest
    @CsvSource({"EIO=2&t=1405512345678-0", "EIO=3&t=1405512345678-0"})
    void knownClients(String query) {
        for (String impossible : List.of("\u20ac", "\u00e9", TEXT, "\u00c3")) {
            Eio3Dialect dialect = Eio3Dialect.of("/?" + query);
            assertThat(dialect.fromPoll(Bytes.utf8(impossible)).toString()).isEqualTo(impossible);
            assertThat(dialect.fromPoll(twice(TEXT)).toString()).isEqualTo(TEXT);
            assertThat(dialect.toPoll(Bytes.utf8(TEXT))).isEqualTo(twice(TEXT));
        }
    }

    /** On a WebSocket only clients 1.0 write twice. */
    @ParameterizedTest
    @CsvSource({"EIO=2, true", "EIO=3&t=1405512345678-0, false", "EIO=3, false"})
    void webSockets(String query, boolean twice) {
        Eio3Dialect dialect = Eio3Dialect.of("/?transport=websocket&" + query);
        for (String text : List.of("\ud83d", TEXT, "\u00c3\u00a9")) {
            Bytes written = twice ? twice(text) : Bytes.of(scripted(text));
            assertThat(dialect.fromLine(written).toString())
                    .isEqualTo(Bytes.of(scripted(text)).toString());
        }
    }

    private static Bytes twice(String text) {
        return Bytes.utf8(new String(scripted(text), StandardCharsets.ISO_8859_1));
    }

    /** Returns UTF-8 as scripts write it, in which a lone surrogate is three bytes. */
    private static byte[] scripted(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            if (c >= 0xD800 && c <= 0xDFFF) {
                out.write(0xE0 | c >> 12);
                out.write(0x80 | c >> 6 & 0x3F);
                out.write(0x80 | c & 0x3F);
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }
}
