package io.everwire.protocol.eio3;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Json;
import io.everwire.protocol.wire.GenerationHost;
import io.everwire.protocol.wire.RecordedHead;
import io.everwire.protocol.wire.RecordingExchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests cases that no transcript can show, because no host would pass them on or because they are not visible on the
 * wire.
 */
class Eio3Test {
    private final Eio3 eio3 = new Eio3();
    private final GenerationHost host = new GenerationHost(eio3, SessionOptions.DEFAULTS);

    /**
     * The payload of a script is a string of JavaScript, and nothing in it can end that string or the page's script.
     */
    @ParameterizedTest
    @ValueSource(strings = {"a\u0001b", "a\u007Fb", "a\nb", "\u0100"})
    void originsWithIllegalCharacters(String origin) {
        RecordedHead head = new RecordedHead("GET", "", List.of("origin", origin), false);
        assertThat(eio3.claim(head, "/?EIO=3&transport=polling", SessionOptions.DEFAULTS))
                .isEqualTo(new Claim.Refuse(Refusal.BAD_REQUEST));
    }

    /** Every version but 4, as in the reference, if the path ends before the query. */
    @ParameterizedTest
    @CsvSource({
        "/?transport=polling, true",
        "/?EIO=2&transport=polling, true",
        "/?EIO=5&transport=polling, true",
        "/?EIO=04&transport=polling, true",
        "/?EIO=abc&transport=nix, true",
        "/?EIO=4&EIO=3&transport=polling, true",
        "/?EIO=4&transport=polling, false",
        "/?EIO=3&EIO=4&transport=polling, false",
        "/?EIO=3, true",
        "/, true",
        "/x?EIO=3&transport=polling, true",
        "/x?EIO=4&transport=polling, false",
        "/x?EIO=3, true",
        "/x?transport=websocket, true",
        "/x?transport=bus, false",
        "/x, false",
        "/1/?t=1&transport=polling, true",
        "/1/?t=1, false",
        "/1/xhr-polling/x?EIO=3&transport=polling, true",
        "/socket.io.js?transport=polling, true"
    })
    void claimsOnlyWhatLooksLikeIt(String rest, boolean ours) {
        assertThat(eio3.claim(RecordedHead.of("GET", ""), rest, SessionOptions.DEFAULTS) != null)
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_TRANSPORT, 400, 0",
        "UNKNOWN_SESSION, 400, 1",
        "BAD_METHOD, 400, 2",
        "BAD_REQUEST, 400, 3",
        "FORBIDDEN, 403, 4",
        "UNSUPPORTED_VERSION, 400, 5",
        "OVERLOADED, 503, 3"
    })
    void refusals(Refusal refusal, int status, int code) {
        RecordingExchange exchange = host.unclaimed("/socket.io/?EIO=3&transport=polling");
        eio3.refuse(exchange, refusal, "\"no\"");
        assertThat(exchange.response().status()).isEqualTo(status);
        assertThat(exchange.response().body().toString())
                .isEqualTo("{\"code\":" + code + ",\"message\":\"\\\"no\\\"\"}");
    }

    /** The payload of a script is a string of JavaScript, and nothing in it can end that string or the page's script. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "\"); alert(1); (\"",
                "\\\"); alert(1); (\"",
                "</script><script>alert(1)</script>",
                "<!--",
                "\u2028alert(1)\u2029",
                "\r\n\u0000\u001f\u007f\u0085",
                "\u00e9 \u20ac \ud83d\ude00 \ufeff"
            })
    void scriptsHoldWhateverIsSaid(String text) {
        String script = Eio3Jsonp.script("12", Bytes.utf8(text)).toString();
        assertThat(script).matches("___eio\\[12]\\(\"([ !#-;=-\\[\\]-~]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})*\"\\);");
        byte[] literal =
                script.substring("___eio[12](".length(), script.length() - 2).getBytes(StandardCharsets.UTF_8);
        assertThat(Json.text(literal, 0, literal.length)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "d=1:2, 1:2",
        "d=4%0A, 4\n",
        "d=4\\n, '4\n'",
        "d=4\\\\n, '4\\n'",
        "d=4\\\\\\n, '4\\\\n'",
        "d=\\n\\n\\\\n\\n, '\n\n\\n\n'",
        "x=1&d=a+b%2B, a b+",
        "d=, ''"
    })
    void formsAreRead(String form, String payload) {
        assertThat(Eio3Jsonp.payload(Bytes.utf8(form)).toString().trim()).isEqualTo(payload.trim());
    }

    @Test
    void whatIsAsciiIsWrittenWithoutACopyOfItsJson() {
        JsonArray data = JsonArray.of(Bytes.utf8("\"x\""));
        Packet packet = new Packet.Event("/", Packet.NO_ACK, data, List.of());
        Encoded encoded = eio3.encode(packet);
        Eio3Dialect twice = Eio3Dialect.of("/?EIO=2");
        assertThat(twice.toLine(encoded.text())).isSameAs(encoded.text());
        assertThat(twice.toPoll(encoded.text())).isSameAs(encoded.text());
    }

    /** A lone surrogate, encoded as if it were a character, does not lose the text around it. */
    @Test
    void loneSurrogatesWrittenTwice() {
        String surrogate = new String(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0xBD}, StandardCharsets.ISO_8859_1);
        Bytes read = Eio3Dialect.of("/?EIO=2").fromPoll(Bytes.utf8("a" + surrogate + "\u00c3\u00a9"));
        assertThat(read.toString()).startsWith("a\uFFFD").endsWith("\u00e9");
    }

    @ParameterizedTest
    @CsvSource({
        "1405512345678-0, true",
        "1405512345678-123, true",
        "Q86ltJn, false",
        "Q86ltJn.0, false",
        "1405512345678, false"
    })
    void theCacheBusterTellsTheOldClients(String cacheBuster, boolean old) {
        assertThat(Eio3Dialect.of("/?EIO=3&t=" + cacheBuster).readsBinary()).isEqualTo(old);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":1} | 1",
                "{} | ",
                "{ \"message\" : \"data\" , \"data\" : { \"data\" : 2 } } | { \"data\" : 2 }",
                "{\"a\":{\"data\":1}} | ",
                "{\"a\":\"\\\"data\\\":1\"} | ",
                "{\"data\":1,\"data\":[2]} | [2]",
                "{\"d\\u0061ta\":true} | true"
            })
    void members(String object, String value) {
        Bytes found = Eio3Placeholders.member(Bytes.utf8(object), "data");
        assertThat(found == null ? null : found.toString()).isEqualTo(value);
    }
}
