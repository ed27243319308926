package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.engine.Origins;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of the Flash policy. */
class FlashPolicyTest {
    private static String policy(String... origins) {
        return new String(FlashPolicy.of(Origins.of(List.of(origins))), StandardCharsets.UTF_8);
    }

    /** The policy is byte by byte the default of Socket.IO 0.6.0 to 0.6.18. */
    @Test
    void everybody() {
        String expected = """
                <?xml version="1.0"?>
                <!DOCTYPE cross-domain-policy SYSTEM "http://www.macromedia.com/xml/dtds/cross-domain-policy.dtd">
                <cross-domain-policy>
                <allow-access-from domain="*" to-ports="*"/>
                </cross-domain-policy>
                """;
        assertThat(policy("*:*")).isEqualTo(expected);
        assertThat(policy("*")).isEqualTo(expected);
    }

    @Test
    void anEntryForEachOrigin() {
        assertThat(policy("example.com:8080", "*.Example.org:*", "https://chat.example.com", "[::1]:80", "null")
                        .lines()
                        .filter(line -> line.startsWith("<allow")))
                .containsExactlyInAnyOrder(
                        "<allow-access-from domain=\"example.com\" to-ports=\"8080\"/>",
                        "<allow-access-from domain=\"*.example.org\" to-ports=\"*\"/>",
                        "<allow-access-from domain=\"chat.example.com\" to-ports=\"*\"/>",
                        "<allow-access-from domain=\"[::1]\" to-ports=\"80\"/>");
    }

    @Test
    void nobodyUnlessListed() {
        assertThat(policy()).doesNotContain("allow").endsWith("<cross-domain-policy>\n</cross-domain-policy>\n");
    }

    /** S10. */
    @Test
    void noOriginCanBreakOut() {
        assertThatThrownBy(() -> policy("a\"><b>'&:80")).isInstanceOf(IllegalArgumentException.class);
        assertThat(policy("app://a\"><b>'&", "file://", "capacitor://localhost"))
                .doesNotContain("allow");
    }

    @Test
    void aWildcardForSubdomainsIsOneOfFlash() {
        assertThat(policy("https://*.example.com"))
                .contains("<allow-access-from domain=\"*.example.com\" to-ports=\"*\"/>\n");
    }
}
