package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
    private static final String BROWSER =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    private static final TrustedProxies PROXY = TrustedProxies.of(List.of("127.0.0.1"));

    private final Cors cors = cors(Origins.of(List.of("https://app.example.com", "*:8080")), TrustedProxies.NONE);

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

    /** Fault B3. {@code same-site} is another port or another subdomain, and foreign like {@code cross-site}. */
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "", "Same-Origin", "anything"})
    void aScriptOfAPageElsewhereThatHidesItsAddressIsKnownByFetchMetadata(String site) {
        assertThat(admitted("Sec-Fetch-Site", site)).isFalse();
        assertThat(admitted("Sec-Fetch-Site", site, "User-Agent", BROWSER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void aBrowsersOwnStatementAdmitsAPageThatHidesItsAddress(String site) {
        assertThat(admitted("Sec-Fetch-Site", site, "User-Agent", BROWSER)).isTrue();
    }

    /** An image of a page whose address redirects to the server has that page's address, and another's content. */
    @Test
    void aRedirectOfAnotherSiteIsNotTheServersOwnPage() {
        assertThat(admitted("Referer", "http://chat.example.com/page", "Sec-Fetch-Site", "cross-site"))
                .isFalse();
        assertThat(admitted("Referer", "https://app.example.com/page", "Sec-Fetch-Site", "cross-site"))
                .isTrue();
        assertThat(admitted("Referer", "http://evil.example.com/page", "Sec-Fetch-Site", "same-origin"))
                .isTrue();
    }

    /** Fault B3: browsers send no Fetch Metadata to a server without TLS, and a page can hide its address. */
    @ParameterizedTest
    @ValueSource(strings = {BROWSER, "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)", "Opera/9.80 (X11; Linux)"})
    void aBrowsersRequestThatShowsNoPageIsRefused(String browser) {
        assertThat(admitted("User-Agent", browser)).isFalse();
        assertThat(admitted("User-Agent", browser, "Referer", "about:blank")).isFalse();
        assertThat(admitted("User-Agent", browser, "Referer", "http://evil.example.com/"))
                .isFalse();
        assertThat(admitted("User-Agent", browser, "Referer", "http://chat.example.com/"))
                .isTrue();
    }

    @Test
    void aPageThatShowsNothingIsAPageWithoutAnOrigin() {
        for (String entry : List.of("null", "*")) {
            Cors listed = cors(Origins.of(List.of(entry)), TrustedProxies.NONE);
            assertThat(listed.admit(exchange("GET", "Host", "h", "User-Agent", BROWSER)))
                    .isTrue();
            assertThat(listed.admit(exchange("GET", "Host", "h", "Sec-Fetch-Site", "cross-site")))
                    .isTrue();
        }
    }

    /** A browser sends an {@code Origin} with every WebSocket, so a WebSocket without one is of another program. */
    @Test
    void aWebSocketWithoutAnOriginIsNotAPages() {
        RecordedHead head = RecordedHead.webSocket("/socket.io/", "Host", "chat.example.com", "User-Agent", BROWSER);

        assertThat(cors.admit(new StubExchange(head, new ManualEventLoop()))).isTrue();
    }

    @Test
    void aProgramThatIsNoBrowserNeedsNoPage() {
        assertThat(admitted("User-Agent", "node-XMLHttpRequest")).isTrue();
        assertThat(admitted("User-Agent", "okhttp/4.12.0")).isTrue();
        assertThat(admitted("User-Agent", "")).isTrue();
    }

    private boolean admitted(String... headers) {
        String[] all = Stream.concat(Stream.of("Host", "chat.example.com"), Stream.of(headers))
                .toArray(String[]::new);
        return cors.admit(exchange("GET", all));
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
        Cors open = cors(Origins.of(List.of("*")), TrustedProxies.NONE);
        StubExchange origin = exchange("GET", "Origin", "http://x\r\nSet-Cookie: a=b", "Host", "h");
        StubExchange headers = preflight("https://app.example.com", "a\r\nSet-Cookie: a=b");

        assertThat(open.admit(origin)).isFalse();
        assertThat(cors.admit(headers)).isTrue();
        assertThat(origin.headers).containsExactly("Vary", "Origin");
        assertThat(headers.headers).doesNotContain("Access-Control-Allow-Headers");
    }

    @Test
    void optionsAloneIsNoPreflight() {
        assertThat(Cors.isPreflight(RecordedHead.of("OPTIONS", "/"))).isFalse();
        assertThat(Cors.isPreflight(RecordedHead.of("GET", "/", "Access-Control-Request-Method", "POST")))
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
        return new StubExchange(RecordedHead.of(method, "/socket.io/", headers), new ManualEventLoop());
    }

    /** Fault A5: the browser's own origin behind a proxy. The peer of all requests is 127.0.0.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // nginx without a line for Host, and with $host
                "https://chat.example.com      | Host: everwire; X-Forwarded-Host: chat.example.com",
                "https://chat.example.com:8443 | Host: everwire; X-Forwarded-Host: chat.example.com:8443",
                "https://chat.example.com:8443 | Host: chat.example.com; X-Forwarded-Port: 8443",
                "https://chat.example.com:8443 | Host: e; X-Forwarded-Host: chat.example.com; X-Forwarded-Port: 8443",
                // Apache by default: each proxy appends
                "http://chat.example.com       | Host: 127.0.0.1:3000; X-Forwarded-Host: chat.example.com",
                "http://chat.example.com       | Host: 127.0.0.1:3000; X-Forwarded-Host: chat.example.com, inner.example.com",
                "http://chat.example.com:8080  | Host: 127.0.0.1:3000; X-Forwarded-Host: Chat.example.com:8080",
                "https://[2001:db8::1]         | Host: everwire; X-Forwarded-Host: [2001:db8::1]",
            })
    void aPageBehindATrustedProxyIsTheServersOwn(String origin, String headers) {
        assertThat(admitted(cors(Origins.SAME, PROXY), origin, headers)).isTrue();
        assertThat(admitted(cors(Origins.SAME, TrustedProxies.of(List.of("10.0.0.0/8"))), origin, headers))
                .as("a peer that is not trusted")
                .isFalse();
        assertThat(admitted(cors(Origins.SAME, PROXY), "https://evil.example.com", headers))
                .isFalse();
    }

    @Test
    void forwardedNamesTheHostIfThatIsWhatTheProxiesWrite() {
        Cors behind = cors(Origins.SAME, PROXY.forwarded());
        String origin = "https://chat.example.com";

        assertThat(admitted(behind, origin, "Host: e\nForwarded: for=192.0.2.1;host=\"chat.example.com\";proto=https"))
                .isTrue();
        assertThat(admitted(behind, origin, "Host: e; X-Forwarded-Host: chat.example.com"))
                .isFalse();
        assertThat(admitted(
                        cors(Origins.SAME, PROXY), origin, "Host: e\nForwarded: for=192.0.2.1;host=chat.example.com"))
                .isFalse();
    }

    @Test
    void aPageThatTheBrowserCallsTheServersOwnIsTrusted() {
        StubExchange exchange = exchange(
                "POST", "Origin", "https://chat.example.com", "Host", "everwire", "Sec-Fetch-Site", "same-origin");

        assertThat(cors(Origins.SAME, TrustedProxies.NONE).admit(exchange)).isTrue();
        assertThat(exchange.headers).containsSubsequence("Access-Control-Allow-Credentials", "true");
        assertThat(admitted(cors, "https://chat.example.com", "Host: everwire; Sec-Fetch-Site: same-site"))
                .isFalse();
    }

    /** Fault B16: a page of another site whose host name was changed to the server's address. */
    @Test
    void aHostThatIsNotListedIsRefused() {
        Cors listed = cors(Origins.SAME.withHosts(List.of("chat.example.com", "backend")), PROXY);

        assertThat(admitted(listed, "http://evil.com", "Host: evil.com")).isFalse();
        assertThat(admitted(listed, "http://evil.com", "Host: evil.com; Sec-Fetch-Site: same-origin"))
                .isFalse();
        assertThat(admitted(listed, "http://evil.com", "Host: evil.com; X-Forwarded-Host: chat.example.com"))
                .isFalse();
        assertThat(admitted(listed, "http://evil.com", "Host: backend; X-Forwarded-Host: chat.example.com, evil.com"))
                .isFalse();
        assertThat(admitted(listed, "http://chat.example.com", "Host: chat.example.com"))
                .isTrue();
        assertThat(admitted(listed, "http://chat.example.com", "Host: backend; X-Forwarded-Host: chat.example.com"))
                .isTrue();
        assertThat(listed.admit(exchange("GET", "Host", "evil.com"))).isFalse();
        assertThat(listed.admit(exchange("GET"))).isFalse();
        assertThat(admitted(cors(Origins.SAME, TrustedProxies.NONE), "http://evil.com", "Host: evil.com"))
                .as("without a list")
                .isTrue();
    }

    @Test
    void aFilterThatFailsRejectsThePage() {
        Cors failing = cors(
                Origins.SAME.withFilter(origin -> {
                    throw new IllegalStateException("no database");
                }),
                TrustedProxies.NONE);

        assertThat(admitted(failing, "http://evil.com", "Host: chat.example.com"))
                .isFalse();
        assertThat(admitted(failing, "http://chat.example.com", "Host: chat.example.com"))
                .isTrue();
    }

    private static boolean admitted(Cors cors, String origin, String headers) {
        List<String> all = new ArrayList<>(List.of("Origin", origin));
        for (String header : headers.split("\\n|; (?=[A-Z])", -1)) {
            all.addAll(List.of(header.split(": ", 2)));
        }
        return cors.admit(exchange("GET", all.toArray(String[]::new)));
    }

    private static Cors cors(Origins origins, TrustedProxies proxies) {
        return new Cors(origins, proxies, () -> 0);
    }
}
