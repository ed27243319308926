package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CorsTest {
    private final Cors cors = new Cors(Origins.of(List.of("https://app.example.com", "*:8080")));

    @Test
    void aRequestWithoutAnOriginPassesUnchanged() {
        StubExchange exchange = exchange("GET");

        assertThat(cors.admit(exchange)).isTrue();
        assertThat(exchange.headers).isEmpty();
    }

    @Test
    void aScriptOfAPageElsewhereIsKnownByItsReferer() {
        assertThat(admitted("Referer", "http://evil.example.com/page?x=http://chat.example.com"))
                .isFalse();
        assertThat(admitted("Referer", "https://app.example.com/page")).isTrue();
        assertThat(admitted("Referer", "http://chat.example.com/page")).isTrue();
        assertThat(admitted("Referer", "about:blank")).isTrue();
    }

    @Test
    void aScriptOfAPageElsewhereThatHidesItsAddressIsKnownByFetchMetadata() {
        assertThat(admitted("Sec-Fetch-Site", "cross-site")).isFalse();
        assertThat(admitted("Sec-Fetch-Site", "same-origin")).isTrue();
        assertThat(admitted("Sec-Fetch-Site", "none")).isTrue();
    }

    private boolean admitted(String header, String value) {
        return cors.admit(exchange("GET", "Host", "chat.example.com", header, value));
    }

    @Test
    void aTrustedOriginIsEchoedAndMaySendCookies() {
        StubExchange exchange = exchange("GET", "Origin", "https://app.example.com", "Host", "chat.example.com");

        assertThat(cors.admit(exchange)).isTrue();
        assertThat(exchange.headers)
                .containsExactly(
                        "Vary",
                        "Origin",
                        "Access-Control-Allow-Origin",
                        "https://app.example.com",
                        "Access-Control-Allow-Credentials",
                        "true");
    }

    @Test
    void anOriginLetInByAWildcardIsEchoedWithoutCookies() {
        StubExchange exchange = exchange("GET", "Origin", "http://x.example.com:8080", "Host", "chat.example.com");

        assertThat(cors.admit(exchange)).isTrue();
        assertThat(exchange.headers)
                .containsExactly("Vary", "Origin", "Access-Control-Allow-Origin", "http://x.example.com:8080");
    }

    @Test
    void aRefusedOriginIsToldNothing() {
        StubExchange exchange = exchange("GET", "Origin", "http://evil.example.com", "Host", "chat.example.com");

        assertThat(cors.admit(exchange)).isFalse();
        assertThat(exchange.headers).containsExactly("Vary", "Origin");
    }

    @Test
    void aRequestWithoutAHostTrustsNobody() {
        StubExchange exchange = exchange("GET", "Origin", "http://");

        assertThat(cors.admit(exchange)).isFalse();
    }

    @Test
    void aPreflightIsToldWhatMayBeSent() {
        StubExchange exchange = preflight("https://app.example.com", "content-type,x-mine");

        assertThat(Cors.isPreflight(exchange.head())).isTrue();
        assertThat(cors.admit(exchange)).isTrue();
        assertThat(exchange.headers)
                .containsSubsequence("Access-Control-Allow-Methods", "GET,POST,OPTIONS")
                .containsSubsequence("Access-Control-Allow-Headers", "content-type,x-mine");
    }

    @Test
    void aPreflightOfARefusedOriginIsToldNothing() {
        StubExchange exchange = preflight("http://evil.example.com", "content-type");

        assertThat(cors.admit(exchange)).isFalse();
        assertThat(exchange.headers).containsExactly("Vary", "Origin");
    }

    @Test
    void whatCouldEndAHeaderDoesNotGoIntoOne() {
        Cors open = new Cors(Origins.of(List.of("*")));
        StubExchange origin = exchange("GET", "Origin", "http://x\r\nSet-Cookie: a=b", "Host", "h");
        StubExchange headers = preflight("https://app.example.com", "a\r\nSet-Cookie: a=b");

        assertThat(open.admit(origin)).isFalse();
        assertThat(cors.admit(headers)).isTrue();
        assertThat(origin.headers).containsExactly("Vary", "Origin");
        assertThat(headers.headers).doesNotContain("Access-Control-Allow-Headers");
    }

    @Test
    void optionsAloneIsNoPreflight() {
        assertThat(Cors.isPreflight(StubHead.of("OPTIONS", "/"))).isFalse();
        assertThat(Cors.isPreflight(StubHead.of("GET", "/", "Access-Control-Request-Method", "POST")))
                .isFalse();
    }

    private StubExchange preflight(String origin, String headers) {
        return exchange(
                "OPTIONS",
                "Origin",
                origin,
                "Host",
                "chat.example.com",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                headers);
    }

    private static StubExchange exchange(String method, String... headers) {
        return new StubExchange(StubHead.of(method, "/socket.io/", headers), new ManualEventLoop());
    }
}
