package io.everwire.protocol.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The check of linear work accepts linear tasks and refuses quadratic ones. */
class LinearWorkTest {
    @Test
    void aLinearTaskIsAccepted() {
        LinearWork.assertLinear("search", 50_000, size -> {
            String text = "x".repeat(size);
            return () -> assertThatIsMissing(text, 0);
        });
    }

    @Test
    void aQuadraticTaskIsRefused() {
        assertThatThrownBy(() -> LinearWork.assertLinear("search from each place", 2_000, size -> {
                    String text = "x".repeat(size);
                    return () -> {
                        for (int i = 0; i < size; i++) {
                            assertThatIsMissing(text, i);
                        }
                    };
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("search from each place");
    }

    private static void assertThatIsMissing(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == 'y') {
                throw new AssertionError(i);
            }
        }
    }
}
