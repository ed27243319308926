package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What peers send does not get into a log as it is. */
class LogTextTest {
    @Test
    void visibleTextStandsAsItIs() {
        assertThat(LogText.of("argument 1 does not fit: \"a\" \\ <b>"))
                .isEqualTo("argument 1 does not fit: \"a\" \\ <b>");
    }

    @Test
    void noLineCanBeForgedAndNoTerminalTold() {
        assertThat(LogText.of("a\r\n2026-01-01 INFO all is well\u001b[2J\u0000\u007f\u0085\u2028\u202e\u00e4"))
                .isEqualTo(
                        "a\\u000d\\u000a2026-01-01 INFO all is well\\u001b[2J\\u0000\\u007f\\u0085\\u2028\\u202e\\u00e4");
    }

    @Test
    void itIsCutAndSaysSo() {
        assertThat(LogText.of("x".repeat(200))).hasSize(200);
        assertThat(LogText.of("x".repeat(1_000_000)))
                .hasSizeLessThan(250)
                .startsWith("xxx")
                .endsWith("... (1000000 characters)");
        assertThat(LogText.of("\n".repeat(1_000))).hasSizeLessThan(250).doesNotContain("\n");
    }

    @Test
    void whatIsNotTextIsShownAsText() {
        assertThat(LogText.of(new IllegalStateException("a\nb")))
                .isEqualTo("java.lang.IllegalStateException: a\\u000ab");
    }
}
