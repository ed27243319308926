package io.everwire.protocol.gen0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Gen0Test {
    private final Gen0 gen0 = new Gen0();

    private Claim claim(String method, String rest, boolean upgrade) {
        return gen0.claim(
                new RecordedHead(method, "/socket.io" + rest, List.of(), upgrade), rest, SessionOptions.DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/xhr-polling", "/xhr-polling/", "/xhr-polling//", "/xhr-polling//12/x", "/xhr-polling?a=/b"})
    void anEmptySegmentOpens(String rest) {
        assertThat(claim("GET", rest, false)).isEqualTo(new Claim.Open());
    }

    @ParameterizedTest
    @CsvSource({"/xhr-polling/1/2,1", "/xhr-polling/a%20b,a%20b", "/xhr-polling/1?/2,1", "/xhr-polling/..//,.."})
    void aSegmentIsASessionAsItStands(String rest, String sid) {
        assertThat(claim("GET", rest, false)).isEqualTo(new Claim.Resume(sid));
        assertThat(claim("POST", rest, false)).isEqualTo(new Claim.Resume(sid));
    }

    @Test
    void webSocketsOpenAndComeBack() {
        assertThat(claim("GET", "/websocket", true)).isEqualTo(new Claim.Open());
        assertThat(claim("GET", "/websocket/12", true)).isEqualTo(new Claim.Resume("12"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/?EIO=4&transport=polling",
                "/?xhr-polling",
                "//xhr-polling",
                "/xhr-pollingx/1",
                "/XHR-polling/1",
                "/1/websocket/12",
                "/toString",
                "/constructor/1",
                "/hasOwnProperty//1",
                "/__proto__"
            })
    void c4OtherSegmentsAreNotOurs(String rest) {
        assertThat(claim("GET", rest, false)).isNull();
        assertThat(claim("POST", rest, true)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "//x/", "//1/x", "//1/0x", "//1/0//", "/1/2/-1", "//1/0123456789", "//x/?0"})
    void c1AJsonpPollWithoutAnIndexIsRefused(String rest) {
        assertThat(claim("GET", "/jsonp-polling" + rest, false)).isEqualTo(new Claim.Refuse(Refusal.BAD_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({
        "/socket.io/jsonp-polling//1/0, 0",
        "/socket.io/jsonp-polling//1/12/, 12",
        "/socket.io/jsonp-polling//1/12/?x=/3, 12",
        "/socket.io/jsonp-polling//1/007, 7",
        "/jsonp-polling/SID/1/999999999, 999999999",
        "/jsonp-polling/SID/1/1000000000, -1",
        "/jsonp-polling/SID/1/\u0661, -1",
        "/jsonp-polling/SID/1/%31, -1",
        "/jsonp-polling/SID/1/+1, -1",
        "/, -1",
        "'', -1",
        "?/1, -1",
        "5, 5"
    })
    void anIndexIsDigitsAlone(String target, int index) {
        assertThat(Gen0Target.index(target)).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource({
        "/socket.io/server-events, SERVER_EVENTS",
        "/socket.io/server-events?x=/websocket, SERVER_EVENTS",
        "/server-events/xhr-polling//1, XHR_POLLING",
        "/websocket/server-events/sid, SERVER_EVENTS",
        "/socket.io/inexistent, ",
        "'', "
    })
    void theTransportOfARefusedRequest(String target, @Nullable Gen0Transport transport) {
        assertThat(Gen0Target.lastNamed(target)).isEqualTo(transport);
    }

    @Test
    void everyTransportOpensUnlessItIsSwitchedOff() {
        for (Gen0Transport transport : Gen0Transport.values()) {
            String rest = "/" + transport.wireName() + (transport == Gen0Transport.JSONP_POLLING ? "//1/0" : "//1");
            RecordedHead head = new RecordedHead("GET", "/socket.io" + rest, List.of(), transport.isLine());
            assertThat(gen0.claim(head, rest, only(transport.wireName()))).isEqualTo(new Claim.Open());
            assertThat(gen0.claim(head, rest, only("polling"))).isEqualTo(new Claim.Refuse(Refusal.UNKNOWN_TRANSPORT));
        }
    }

    private static SessionOptions only(String transport) {
        SessionOptions o = SessionOptions.DEFAULTS;
        return new SessionOptions(Set.of(transport), Set.of(), true, 100, 100, 1, 64, 1, 1, 1, o.perTransport());
    }

    @Test
    void c2AnUpgradeBelongsToWebSocketAndNothingElse() {
        assertThat(claim("GET", "/xhr-polling//1", true)).isEqualTo(new Claim.Refuse(Refusal.BAD_REQUEST));
        assertThat(claim("GET", "/xhr-polling/1/1", true)).isEqualTo(new Claim.Refuse(Refusal.BAD_REQUEST));
        assertThat(claim("GET", "/websocket", false)).isEqualTo(new Claim.Refuse(Refusal.BAD_REQUEST));
    }

    @Test
    void methodsThatMeanNothing() {
        assertThat(claim("PUT", "/xhr-polling/1", false)).isEqualTo(new Claim.Refuse(Refusal.BAD_METHOD));
        assertThat(claim("POST", "/websocket/1", false)).isEqualTo(new Claim.Refuse(Refusal.BAD_METHOD));
        assertThat(claim("POST", "/xhr-polling//send", false)).isEqualTo(new Claim.Refuse(Refusal.UNKNOWN_SESSION));
    }

    @ParameterizedTest
    @CsvSource({
        "/socket.io/xhr-polling//1, XHR_POLLING",
        "/socket.io/xhr-polling?x, XHR_POLLING",
        "/a/websocket/xhr-polling//websocket, XHR_POLLING",
        "/xhr-polling/websocket, WEBSOCKET",
        "/xhr-polling/websocket/?/xhr-polling/, WEBSOCKET",
        "/websocket/websocket//, WEBSOCKET"
    })
    void theServersPathMayLookLikeATransport(String target, Gen0Transport transport) {
        assertThat(Gen0Target.openingTransport(target)).isEqualTo(transport);
    }

    @Test
    void aTargetThatOpensNothing() {
        assertThatThrownBy(() -> Gen0Target.openingTransport("/socket.io/xhr-polling/1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/socket.io/xhr-polling/1");
    }

    @ParameterizedTest
    @CsvSource({
        "/socket.io/xhr-polling/SID/1, true",
        "/socket.io/xhr-polling/SID, true",
        "/xhr-polling/SID?x, true",
        "/socket.io/websocket/SID, false",
        "/socket.io/websocket/SID/xhr-polling/SID, false",
        "/socket.io/not-xhr-polling/SID, false",
        "xhr-polling/SID, false",
        "/SID, false",
        "SID, false",
        "/socket.io/xhr-polling//1, false"
    })
    void aSessionIsNamedByItsTransport(String target, boolean named) {
        assertThat(Gen0Target.names(target, Gen0Transport.XHR_POLLING, "SID")).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_SESSION, GET, false, drop",
        "UNKNOWN_SESSION, POST, false, drop",
        "UNKNOWN_SESSION, GET, true, drop",
        "FORBIDDEN, GET, false, drop",
        "FORBIDDEN, POST, false, 401 unauthorized",
        "FORBIDDEN, GET, true, 403 unauthorized",
        "OVERLOADED, GET, false, drop",
        "OVERLOADED, POST, false, 503 overloaded",
        "OVERLOADED, GET, true, 503 overloaded",
        "BAD_METHOD, PUT, false, 405 method not allowed",
        "BAD_REQUEST, GET, false, 400 bad request",
        "BAD_REQUEST, GET, true, 400 bad request",
        "UNKNOWN_TRANSPORT, GET, false, drop",
        "UNKNOWN_TRANSPORT, POST, false, drop",
        "UNKNOWN_TRANSPORT, GET, true, 400 transport unknown",
        "UNSUPPORTED_VERSION, GET, false, drop",
        "UNSUPPORTED_VERSION, GET, true, 400 transport unknown"
    })
    void refusals(Refusal refusal, String method, boolean upgrade, String answer) {
        TestExchange exchange = new TestExchange(new RecordedHead(method, "/socket.io/x", List.of(), upgrade));
        gen0.refuse(exchange, refusal, null);
        assertThat(exchange.answer()).isEqualTo(answer);
        if (!answer.equals("drop")) {
            TestExchange worded = new TestExchange(exchange.head());
            gen0.refuse(worded, refusal, "because");
            assertThat(worded.answer()).isEqualTo(answer.substring(0, 4) + "because");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_SESSION, GET, 404 unknown session",
        "UNKNOWN_SESSION, POST, 404 unknown session",
        "FORBIDDEN, GET, 403 unauthorized",
        "FORBIDDEN, POST, 401 unauthorized",
        "OVERLOADED, GET, drop"
    })
    void anEventSourceGivesUpAfterAStatusAndComesBackAfterAClosedConnection(
            Refusal refusal, String method, String answer) {
        TestExchange exchange = new TestExchange(RecordedHead.of(method, "/socket.io/server-events/x"));
        gen0.refuse(exchange, refusal, null);
        assertThat(exchange.answer()).isEqualTo(answer);
    }

    @Test
    void aTextWithWhiteSpaceAroundItIsSentAsItStands() {
        Packet message = new Packet.Message("/", Packet.NO_ACK, Bytes.utf8("\"a\" "), List.of());
        assertThat(gen0.encode(message).text()).hasToString("~m~7~m~~j~\"a\" ");
    }

    @Test
    void whatHasNoWords() {
        assertThat(gen0.acks()).isFalse();
        assertThat(gen0.encode(new Packet.Connect("/", Bytes.utf8("{}")))).isSameAs(Encoded.NOTHING);
        assertThat(gen0.encode(new Packet.Ack("/", 1, JsonArray.EMPTY, List.of())))
                .isSameAs(Encoded.NOTHING);
        for (Packet packet :
                List.of(new Packet.Disconnect("/"), new Packet.ConnectError("/", Bytes.utf8("{\"message\":\"no\"}")))) {
            assertThat(gen0.encode(packet)).isEqualTo(new Encoded(Bytes.EMPTY, List.of(), true));
        }
    }
}
