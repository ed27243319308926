package io.everwire.engine;

import static io.everwire.engine.Origins.Verdict.ANONYMOUS;
import static io.everwire.engine.Origins.Verdict.REFUSED;
import static io.everwire.engine.Origins.Verdict.TRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.engine.Origins.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
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
        "https://chat.example.com, chat.example.com:80, REFUSED",
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
        assertThat(Origins.SAME.judge(origin, host)).isEqualTo(verdict);
        assertThat(Origins.of(List.of()).judge(origin, host)).isEqualTo(verdict);
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
        "capacitor://localhost, capacitor://localhost, TRUSTED",
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
        assertThat(Origins.of(List.of(entry)).judge(origin, "chat.example.com")).isEqualTo(verdict);
    }

    @Test
    void theServersOwnPagesAreTrustedWhateverIsListed() {
        for (String entry : List.of("*", "null", "https://app.example.com", "*:*")) {
            assertThat(Origins.of(List.of(entry)).judge("http://chat.example.com", "chat.example.com"))
                    .isEqualTo(TRUSTED);
        }
    }

    @Test
    void aListedPageIsTrustedBesideTheWildcard() {
        Origins origins = Origins.of(List.of("*", "https://app.example.com"));

        assertThat(origins.judge("https://app.example.com", "chat.example.com")).isEqualTo(TRUSTED);
        assertThat(origins.judge("https://other.example.com", "chat.example.com"))
                .isEqualTo(ANONYMOUS);
        assertThat(Origins.SAME.judge("https://other.example.com", "chat.example.com"))
                .isEqualTo(REFUSED);
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
                "**"
            })
    void anEntryThatCanNeverMatchIsRefusedAtOnce(String entry) {
        assertThatThrownBy(() -> Origins.of(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("origins: \"" + entry + "\"");
    }
}
