package io.everwire.engine;

import static io.everwire.engine.Origins.Verdict.ANONYMOUS;
import static io.everwire.engine.Origins.Verdict.REFUSED;
import static io.everwire.engine.Origins.Verdict.TRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.engine.Origins.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    private static final List<String> HOST = List.of("chat.example.com");

    @ParameterizedTest
    @CsvSource({
        // origin, host the server was reached as, verdict
        "http://chat.example.com, chat.example.com, TRUSTED",
        "http://chat.example.com, chat.example.com:80, TRUSTED",
        "http://chat.example.com:80, chat.example.com, TRUSTED",
        "https://chat.example.com, chat.example.com, TRUSTED",
        "https://chat.example.com, chat.example.com:443, TRUSTED",
        "HTTP://Chat.Example.COM, chat.example.com, TRUSTED",
        "http://chat.example.com, CHAT.example.com, TRUSTED",
        "http://localhost:8080, localhost:8080, TRUSTED",
        "http://127.0.0.1:8080, 127.0.0.1:8080, TRUSTED",
        "http://[::1]:8080, [::1]:8080, TRUSTED",
        "http://[::1], [::1], TRUSTED",
        "http://[::1], [::1]:80, TRUSTED",
        "http://localhost:8080, localhost:8081, REFUSED",
        "http://localhost:8080, localhost, REFUSED",
        // Behind a proxy that ends TLS, and with hosts that name the port of the other scheme.
        "https://chat.example.com, chat.example.com:80, TRUSTED",
        "http://chat.example.com, chat.example.com:443, TRUSTED",
        "https://chat.example.com:8443, chat.example.com, REFUSED",
        "https://chat.example.com, chat.example.com:8443, REFUSED",
        "capacitor://localhost, localhost, REFUSED",
        "http://*.example.com, chat.example.com, REFUSED",
        "http://127.0.0.1:8080, localhost:8080, REFUSED",
        "http://[::1]:8080, [::1]:8081, REFUSED",
        "http://[::1], [::2], REFUSED",
        "http://evil.example.com, chat.example.com, REFUSED",
        "http://chat.example.com.evil.com, chat.example.com, REFUSED",
        "http://evilchat.example.com, chat.example.com, REFUSED",
        "http://example.com, chat.example.com, REFUSED",
        "http://chat.example.com@evil.com, chat.example.com, REFUSED",
        "http://evil.com/chat.example.com, chat.example.com, REFUSED",
        "http://evil.com?chat.example.com, chat.example.com, REFUSED",
        "http://evil.com#chat.example.com, chat.example.com, REFUSED",
        "chat.example.com, chat.example.com, ANONYMOUS",
        "127.0.0.1:8080, 127.0.0.1:8080, ANONYMOUS",
        "chat.example.com, chat.example.com:80, REFUSED",
        "evil.com, chat.example.com, REFUSED",
        "//chat.example.com, chat.example.com, REFUSED",
        "null, chat.example.com, REFUSED",
        "null, null, REFUSED",
        "'', '', REFUSED",
        "http://, '', REFUSED",
        "file://, '', REFUSED",
        "file://, chat.example.com, REFUSED",
        "http://, chat.example.com, REFUSED",
        "'http://chat.example.com, http://evil.com', chat.example.com, REFUSED",
        "*, chat.example.com, REFUSED",
    })
    void withoutAListOnlyTheServersOwnPagesAreTrusted(String origin, String host, Verdict verdict) {
        List<String> reached = host.isEmpty() ? List.of() : List.of(host);

        assertThat(Origins.SAME.judge(origin, reached)).isEqualTo(verdict);
        assertThat(Origins.of(List.of()).judge(origin, reached)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        // entry, origin, verdict
        "https://app.example.com, https://app.example.com, TRUSTED",
        "https://App.Example.com, https://app.example.COM, TRUSTED",
        "https://app.example.com:443, https://app.example.com, TRUSTED",
        "http://app.example.com:80, http://app.example.com, TRUSTED",
        "https://app.example.com, http://app.example.com, REFUSED",
        "https://app.example.com, https://app.example.com:8443, REFUSED",
        "https://app.example.com, https://app.example.com.evil.com, REFUSED",
        "https://app.example.com, https://evil.com/https://app.example.com, REFUSED",
        "https://app.example.com, null, REFUSED",
        "app.example.com:443, https://app.example.com, TRUSTED",
        "app.example.com:443, http://app.example.com, REFUSED",
        "app.example.com:80, http://app.example.com, TRUSTED",
        "app.example.com:*, http://app.example.com:1234, TRUSTED",
        "app.example.com:*, http://xapp.example.com:1234, REFUSED",
        "[::1]:8080, http://[::1]:8080, TRUSTED",
        "[::1]:*, http://[::1], TRUSTED",
        "[::1]:*, http://[::2], REFUSED",
        "http://[::1]:8080, http://[::1]:8080, TRUSTED",
        // A4: origins of applications, without a host or with a scheme of their own.
        "file://, file://, TRUSTED",
        "file://, null, REFUSED",
        "file://, http://localhost, REFUSED",
        "capacitor://localhost, capacitor://localhost, TRUSTED",
        "capacitor://localhost, ionic://localhost, REFUSED",
        "capacitor://localhost, http://localhost, REFUSED",
        "localhost:*, capacitor://localhost, TRUSTED",
        "ionic://localhost, ionic://localhost, TRUSTED",
        "tauri://localhost, tauri://localhost, TRUSTED",
        "app://, app://, TRUSTED",
        "app://., app://., TRUSTED",
        "app://bundle, APP://bundle, TRUSTED",
        "chrome-extension://abcdefghijklmnop, chrome-extension://abcdefghijklmnop, TRUSTED",
        "chrome-extension://abcdefghijklmnop, chrome-extension://other, REFUSED",
        "chrome-extension://*, chrome-extension://other, ANONYMOUS",
        "moz-extension://*, chrome-extension://other, REFUSED",
        // A6: all hosts below a domain.
        "https://*.example.com, https://app.example.com, TRUSTED",
        "https://*.example.com, https://a.b.example.com, TRUSTED",
        "https://*.example.com, https://app.example.com:443, TRUSTED",
        "https://*.example.com, https://example.com, REFUSED",
        "https://*.example.com, https://evilexample.com, REFUSED",
        "https://*.example.com, https://app.example.com.evil.com, REFUSED",
        "https://*.example.com, https://evil.com/.example.com, REFUSED",
        "https://*.example.com, https://evil.com#.example.com, REFUSED",
        "https://*.example.com, https://evil.com?.example.com, REFUSED",
        "https://*.example.com, https://evil.com\\\\.example.com, REFUSED",
        "https://*.example.com, https://evil@.example.com, REFUSED",
        "https://*.example.com, https://*.example.com, REFUSED",
        "https://*.example.com, http://app.example.com, REFUSED",
        "https://*.example.com, https://app.example.com:8443, REFUSED",
        "https://*.example.com:8443, https://app.example.com:8443, TRUSTED",
        "https://*.example.com:*, https://app.example.com:8443, TRUSTED",
        "*.example.com:*, http://app.example.com:8443, TRUSTED",
        "*.example.com:443, https://app.example.com, TRUSTED",
        "http://localhost:*, http://localhost:3000, TRUSTED",
        "http://localhost:*, https://localhost:3000, REFUSED",
        "https://*, https://anything.example.com, ANONYMOUS",
        "https://*, http://anything.example.com, REFUSED",
        "https://*:*, https://anything.example.com:1, ANONYMOUS",
        // Any page: it may use the server, but not with its visitor's cookies.
        "*, https://anything.example.com, ANONYMOUS",
        "*, null, ANONYMOUS",
        "*, file://, ANONYMOUS",
        "*:*, https://anything.example.com, ANONYMOUS",
        "*:8080, http://anything.example.com:8080, ANONYMOUS",
        "*:80, http://anything.example.com, ANONYMOUS",
        "*:8080, http://anything.example.com:8081, REFUSED",
        "*:8080, null, REFUSED",
        // Any page can make itself a frame without an origin.
        "null, null, ANONYMOUS",
        "null, https://anything.example.com, REFUSED",
    })
    void othersAreTrustedIfTheyAreListed(String entry, String origin, Verdict verdict) {
        assertThat(Origins.of(List.of(entry)).judge(origin, HOST)).isEqualTo(verdict);
    }

    @Test
    void theServersOwnPagesAreTrustedWhateverIsListed() {
        for (String entry : List.of("*", "null", "https://app.example.com", "*:*")) {
            assertThat(Origins.of(List.of(entry)).judge("http://chat.example.com", HOST))
                    .isEqualTo(TRUSTED);
        }
    }

    @Test
    void aListedPageIsTrustedBesideTheWildcard() {
        Origins origins = Origins.of(List.of("*", "https://app.example.com"));

        assertThat(origins.judge("https://app.example.com", HOST)).isEqualTo(TRUSTED);
        assertThat(origins.judge("https://other.example.com", HOST)).isEqualTo(ANONYMOUS);
        assertThat(Origins.SAME.judge("https://other.example.com", HOST)).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app.example.com",
                "https://app.example.com/",
                "https://app.example.com/path",
                "https://",
                "//app.example.com",
                "app.example.com:",
                "app.example.com:port",
                "https://a b",
                "[::1]",
                "* ",
                "**",
                "https://app-*.example.com",
                "https://*example.com",
                "https://*.*.example.com",
                "https://example.*",
                "https://*.",
                "https://user@app.example.com",
                "https://app.example.com?x",
                "https://app.example.com#x",
                "https://app.example.com:",
                "https://app.example.com:0",
                "https://app.example.com:65536",
                "https://app.example.com:x",
                "https://b\u00fccher.example",
                "http://",
                "https://[::1",
                "file:///",
                "file:///index.html",
                "://app.example.com",
                "1app://x"
            })
    void anEntryThatCanNeverMatchIsRefusedAtOnce(String entry) {
        assertThatThrownBy(() -> Origins.of(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("origins: \"" + entry + "\"");
    }

    /** The filter is the application's, for origins that a list cannot describe. */
    @Test
    void aFilterAcceptsWhatTheListDoesNot() {
        List<String> asked = new ArrayList<>();
        Origins origins = Origins.of(List.of("https://app.example.com")).withFilter(origin -> {
            asked.add(origin);
            return origin.endsWith(".Customer.example") || origin.equals("null");
        });

        assertThat(origins.judge("https://app.example.com", HOST)).isEqualTo(TRUSTED);
        assertThat(origins.judge("http://chat.example.com", HOST)).isEqualTo(TRUSTED);
        assertThat(asked).isEmpty();
        assertThat(origins.judge("https://a.Customer.example", HOST)).isEqualTo(TRUSTED);
        assertThat(origins.judge("null", HOST)).isEqualTo(ANONYMOUS);
        assertThat(origins.judge("https://evil.example", HOST)).isEqualTo(REFUSED);
        assertThat(asked).containsExactly("https://a.Customer.example", "null", "https://evil.example");
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example.com, chat.example.com, true",
        "chat.example.com, Chat.Example.com:8080, true",
        "chat.example.com:8080, chat.example.com:8080, true",
        "chat.example.com:8080, chat.example.com, false",
        "chat.example.com, evil.com, false",
        "chat.example.com, chat.example.com.evil.com, false",
        "chat.example.com, '', false",
        "chat.example.com, , false",
        "*.example.com, chat.example.com:8080, true",
        "*.example.com, evilexample.com, false",
        "[::1], [::1]:8080, true",
        "[::1], [::2], false",
        "127.0.0.1, 127.0.0.1:3000, true",
        "127.0.0.1, localhost, false",
    })
    void onlyListedHostsAreAllowed(String entry, String host, boolean allowed) {
        assertThat(Origins.SAME.withHosts(List.of(entry)).isAllowedHost(host)).isEqualTo(allowed);
        assertThat(Origins.SAME.isAllowedHost(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*:80",
                "http://chat.example.com",
                "a/b",
                "a:",
                "a:x",
                "::1",
                "*.*.b",
                "b\u00fccher.example"
            })
    void aHostThatCanNeverMatchIsRefusedAtOnce(String entry) {
        assertThatThrownBy(() -> Origins.SAME.withHosts(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("allowedHosts: \"" + entry + "\"");
    }
}
