package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** B11: the messages of exceptions may hold text of clients. */
class SanitizedFailureTest {
    private static final String FORGED = "x\n2026-11-29 INFO admin logged in";
    private static final String SHOWN = "x\\u000a2026-11-29 INFO admin logged in";

    @Test
    void theClassAndTheStackTraceAreThoseOfTheOriginal() {
        IllegalStateException failure = new IllegalStateException("why");

        SanitizedFailure copy = SanitizedFailure.of(failure);

        assertThat(copy.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(print(copy)).isEqualTo(print(failure));
        assertThat(SanitizedFailure.of(new IllegalStateException())).hasToString("java.lang.IllegalStateException");
    }

    @Test
    void causesAndSuppressedExceptionsAreSanitizedToo() {
        IllegalStateException failure =
                new IllegalStateException(FORGED, new IllegalArgumentException(FORGED, new Error(FORGED)));
        failure.addSuppressed(new Exception(FORGED, new Exception(FORGED)));

        String printed = print(SanitizedFailure.of(failure));

        assertThat(printed)
                .contains("java.lang.IllegalStateException: " + SHOWN)
                .contains("Caused by: java.lang.IllegalArgumentException: " + SHOWN)
                .contains("Caused by: java.lang.Error: " + SHOWN)
                .contains("Suppressed: java.lang.Exception: " + SHOWN)
                .doesNotContain(FORGED);
    }

    @Test
    void itsSizeIsLimited() {
        StackOverflowError overflow = Objects.requireNonNull(overflow());
        Throwable failure = new IllegalStateException("m".repeat(1_000_000), overflow);
        for (int i = 0; i < 1_000; i++) {
            failure = new IllegalStateException("m".repeat(10_000), failure);
            failure.addSuppressed(new Exception("m".repeat(10_000), failure));
        }
        for (int i = 0; i < 1_000; i++) {
            failure.addSuppressed(overflow);
        }

        assertThat(print(SanitizedFailure.of(failure))).hasSizeLessThan(150_000);
        assertThat(print(SanitizedFailure.of(overflow))).hasSizeLessThan(20_000);
    }

    @Test
    void aCircleOfCausesHasAnEnd() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);

        assertThat(print(SanitizedFailure.of(one))).contains("one").contains("two");
    }

    @Test
    void anExceptionThatCannotTellItsMessageIsLogged() {
        assertThat(SanitizedFailure.of(new Exception() {
                    @Override
                    public String getMessage() {
                        throw new IllegalStateException(FORGED);
                    }
                }))
                .asString()
                .endsWith("(its message could not be read)");
    }

    @SuppressWarnings("InfiniteRecursion") // It ends by the overflow.
    private static StackOverflowError overflow() {
        try {
            return overflow();
        } catch (StackOverflowError e) {
            return e;
        }
    }

    private static String print(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
