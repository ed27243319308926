package io.everwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.CookieOptions.SameSite;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The texts are those of the Node server's cookie library (cookie 0.7.2) for the same options. */
class CookieOptionsTest {
    @Test
    void theDefaultsAreThoseOfTheReference() {
        assertThat(CookieOptions.DEFAULTS.header("abc")).isEqualTo("io=abc; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void everyPartHasItsPlace() {
        assertThat(header(all -> all.name("sticky")
                        .path("/chat")
                        .domain("example.com")
                        .maxAge(Duration.ofDays(1))
                        .secure(true)
                        .partitioned(true)
                        .sameSite(SameSite.NONE)))
                .isEqualTo("sticky=abc; Max-Age=86400; Domain=example.com; Path=/chat; HttpOnly; Secure; Partitioned;"
                        + " SameSite=None");
    }

    @Test
    void partsMayBeLeftOut() {
        assertThat(header(all -> all.httpOnly(false).sameSite(null))).isEqualTo("io=abc; Path=/");
        assertThat(header(all -> all.sameSite(SameSite.STRICT))).endsWith("; SameSite=Strict");
        assertThat(header(all -> all.maxAge(Duration.ofSeconds(1)))).startsWith("io=abc; Max-Age=1;");
    }

    @Test
    void whatWouldBeAnotherHeaderIsRefused() {
        assertThatThrownBy(() -> header(all -> all.name("a b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cookie name: \"a b\"");
        assertThatThrownBy(() -> header(all -> all.name(""))).hasMessageStartingWith("cookie name");
        assertThatThrownBy(() -> header(all -> all.path("relative"))).hasMessageStartingWith("cookie path");
        assertThatThrownBy(() -> header(all -> all.path("/; Secure"))).hasMessageStartingWith("cookie path");
        assertThatThrownBy(() -> header(all -> all.path("/\r\nX: y"))).hasMessageStartingWith("cookie path");
        assertThatThrownBy(() -> header(all -> all.domain("a;b"))).hasMessageStartingWith("cookie domain");
        assertThatThrownBy(() -> header(all -> all.maxAge(Duration.ofSeconds(-1))))
                .hasMessageStartingWith("cookie maxAge: PT-1S is not between");
        assertThatThrownBy(() -> header(all -> all.maxAge(Duration.ofDays(401))))
                .hasMessageStartingWith("cookie maxAge");
    }

    @Test
    void whatBrowsersWouldIgnoreIsRefused() {
        assertThatThrownBy(() -> header(all -> all.sameSite(SameSite.NONE))).hasMessageContaining("SameSite=None");
        assertThatThrownBy(() -> header(all -> all.partitioned(true))).hasMessageContaining("partitioned");
        assertThatThrownBy(() -> header(all -> all.maxAge(Duration.ofMillis(999))))
                .hasMessageContaining("maxAge");
        assertThatThrownBy(() -> header(all -> all.name("__Secure-io"))).hasMessageContaining("__Secure-io");
        assertThatThrownBy(() -> header(all -> all.name("__Host-io"))).hasMessageContaining("__Host-io");
        assertThatThrownBy(
                        () -> header(all -> all.name("__Host-io").secure(true).domain("example.com")))
                .hasMessageContaining("__Host-io");
        assertThatThrownBy(
                        () -> header(all -> all.name("__host-io").secure(true).path("/chat")))
                .hasMessageContaining("__host-io");
        assertThat(header(all -> all.name("__Host-io").secure(true))).startsWith("__Host-io=abc; Path=/;");
        assertThat(header(all -> all.name("__Secure-io").secure(true).domain("example.com")))
                .startsWith("__Secure-io=abc;");
    }

    private static String header(UnaryOperator<CookieOptions.Builder> parts) {
        return parts.apply(CookieOptions.builder()).build().header("abc");
    }
}
