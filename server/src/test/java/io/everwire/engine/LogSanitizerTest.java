package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Data of peers is not logged unchanged. */
class LogSanitizerTest {
    @Test
    void visibleTextStandsAsItIs() {
        assertThat(LogSanitizer.of("argument 1 does not fit: \"a\" \\ <b>"))
                .isEqualTo("argument 1 does not fit: \"a\" \\ <b>");
    }

    @Test
    void noLineCanBeForgedAndNoTerminalTold() {
        assertThat(LogSanitizer.of("a\r\n2026-01-01 INFO all is well\u001b[2J\u0000\u007f\u0085\u2028\u202e\u00e4"))
                .isEqualTo(
                        "a\\u000d\\u000a2026-01-01 INFO all is well\\u001b[2J\\u0000\\u007f\\u0085\\u2028\\u202e\\u00e4");
    }

    @Test
    void itIsCutAndSaysSo() {
        assertThat(LogSanitizer.of("x".repeat(200))).hasSize(200);
        assertThat(LogSanitizer.of("x".repeat(1_000_000)))
                .hasSizeLessThan(250)
                .startsWith("xxx")
                .endsWith("... (1000000 characters)");
        assertThat(LogSanitizer.of("\n".repeat(1_000))).hasSizeLessThan(250).doesNotContain("\n");
    }

    @Test
    void anObjectIsShownAsText() {
        assertThat(LogSanitizer.of(new IllegalStateException("a\nb")))
                .isEqualTo("java.lang.IllegalStateException: a\\u000ab");
    }
}
