package io.everwire.protocol.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.GenerationHost;
import io.everwire.protocol.wire.RecordedHead;
import io.everwire.protocol.wire.RecordingExchange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests cases that no transcript can show, because no host would pass them on or because they are not visible on the
 * wire.
 */
class Eio4Test {
    private final Eio4 eio4 = new Eio4();
    private final GenerationHost host = new GenerationHost(eio4, SessionOptions.DEFAULTS);

    @ParameterizedTest
    @ValueSource(strings = {"a\u0001b", "a\u007Fb", "a\nb", "\u0100", "http://b\u20ACr.example"})
    void originsWithIllegalCharacters(String origin) {
        for (String sid : List.of("", "&sid=unknown")) {
            assertThat(claim(
                            new RecordedHead("GET", "", List.of("origin", origin), false), "/?transport=polling" + sid))
                    .isEqualTo(new Claim.Refuse(Refusal.BAD_REQUEST));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "http://x.example", "http://b\u00E4r.example\t~"})
    void originsOfAnyOtherKindAreNotOurs(String origin) {
        assertThat(claim(new RecordedHead("GET", "", List.of("Origin", origin), false), "/?EIO=4&transport=polling"))
                .isEqualTo(new Claim.Open());
    }

    @Test
    void aTransportIsCheckedBeforeTheOrigin() {
        assertThat(claim(new RecordedHead("GET", "", List.of("Origin", "\n"), false), "/?EIO=4&transport=x"))
                .isEqualTo(new Claim.Refuse(Refusal.UNKNOWN_TRANSPORT));
    }

    @ParameterizedTest
    @CsvSource({
        "/, true",
        "/?, true",
        "/?t=1, true",
        "/x?EIO=4, true",
        "/x?transport=, true",
        "/a/b?EIO, true",
        "/x, false",
        "/x?t=1, false",
        "//, false",
        "/1/, false",
        "/socket.io.js?v=EIO=4, false"
    })
    void claimsOnlyWhatLooksLikeIt(String rest, boolean ours) {
        assertThat(claim(RecordedHead.of("GET", ""), rest) != null).isEqualTo(ours);
    }

    @Test
    void aSessionIdIsPassedOnAsItIs() {
        assertThat(claim(RecordedHead.of("GET", ""), "/?EIO=4&transport=polling&sid=a%20b"))
                .isEqualTo(new Claim.Resume("a b"));
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
        RecordingExchange exchange = host.unclaimed("/socket.io/?EIO=4&transport=polling");
        eio4.refuse(exchange, refusal, "\"no\" </script> \u2028");
        assertThat(exchange.response().status()).isEqualTo(status);
        assertThat(exchange.response().body().toString())
                .isEqualTo("{\"code\":" + code + ",\"message\":\"\\\"no\\\" </script> \u2028\"}");
    }

    @Test
    void whatIsSentBeforeTheFirstPollFollowsTheOpenPacket() {
        Eio4Outbox outbox = new Eio4Outbox(100, false);
        outbox.add(Encoded.text(Bytes.utf8("4early")));
        outbox.prepend(List.of(Encoded.text(Bytes.utf8("0{}"))));
        RecordingExchange exchange = host.unclaimed("/socket.io/?EIO=4&transport=polling");
        outbox.poll(exchange);
        assertThat(exchange.response().body()).isEqualTo(Bytes.utf8("0{}\u001e4early"));
    }

    @Test
    void aSingleTextIsSentWithoutACopy() {
        Encoded packet = eio4.encode(new Packet.Disconnect("/"));
        assertThat(Eio4Payload.join(List.of(packet))).isSameAs(packet.text());
    }

    /** The server limits the name, so that it can answer. */
    @Test
    void aNamespaceMayHaveAnyName() {
        Eio4Decoder decoder = new Eio4Decoder(SessionOptions.DEFAULTS);
        for (String name : List.of("/\u20AC\uD83D\uDE00", "/" + "x".repeat(100_000))) {
            assertThat(decoder.text(Bytes.utf8("1" + name))).isEqualTo(new Packet.Disconnect(name));
        }
        // Bytes that are not UTF-8 count as the characters that they become.
        byte[] wrong = {'1', '/', (byte) 0x80};
        assertThat(decoder.text(Bytes.of(wrong))).isEqualTo(new Packet.Disconnect("/\uFFFD"));
    }

    @Test
    void depthIsBounded() {
        Eio4Decoder decoder = new Eio4Decoder(Eio4Samples.withDepth(3));
        assertThat(decoder.text(Bytes.utf8("2[\"x\",[[]]]"))).isNotNull();
        assertThat(decoder.text(Bytes.utf8("0{\"a\":[[]]}"))).isNotNull();
        for (String deep : List.of("2[\"x\",[[[]]]]", "0{\"a\":[[{}]]}")) {
            assertThat(catchThrowable(() -> decoder.text(Bytes.utf8(deep))))
                    .hasMessage("maxJsonDepth: the limit is 3, not 4");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"_placeholder\":true,\"num\":0}] | true",
                "[{\"_placeholder\":true,\"num\":1}] | true",
                "[{\"_placeholder\":true,\"num\":2}] | false",
                "[{\"_placeholder\":true,\"num\":20}] | false",
                "[{\"_placeholder\":true,\"num\":99999999999999999999}] | false",
                "[{\"_placeholder\":true,\"num\":-0}] | false",
                "[{\"_placeholder\":true,\"num\":1e0}] | false",
                "[{\"_placeholder\":true,\"num\":null}] | false",
                "[{\"_placeholder\":true}] | false",
                "[{\"_placeholder\":false}] | true",
                "[{\"_placeholder\":\"true\"}] | true",
                "[{\"num\":9}] | true",
                "[ { \"num\" : 1 , \"_placeholder\" : true } ] | true",
                "[{\"_placeholder\":true,\"num\":9,\"num\":1}] | true",
                "[{\"_placeholder\":true,\"num\":1,\"num\":9}] | false",
                "[{\"_placeholder\":true,\"_placeholder\":0,\"num\":9}] | true",
                "[{\"\\u005fplaceholder\":true,\"num\":9}] | false",
                "[{\"_placeholder\\u0020\":true,\"num\":9}] | true",
                "[{\"a\":[{\"b\":{\"_placeholder\":true,\"num\":9}}]},1] | false",
                "[{\"_placeholder\":true,\"num\":0,\"a\":{\"_placeholder\":true,\"num\":9}}] | true",
                "[\"{\\\"_placeholder\\\":true,\\\"num\\\":9}\",{},[],-1.5e3,null] | true"
            })
    void placeholders(String json, boolean fit) {
        JsonArray array = JsonArray.parse(Bytes.utf8(json), 10);
        assertThat(Eio4Placeholders.fit(array.json(), 2)).isEqualTo(fit);
    }

    private Claim claim(RecordedHead head, String rest) {
        return eio4.claim(head, rest, SessionOptions.DEFAULTS);
    }
}
