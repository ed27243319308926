package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RefusedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** A10: the exception of the application, without the exceptions of stages. */
class StagesTest {
    @Test
    void exceptionsOfStagesAreTakenOff() {
        RefusedException refusal = new RefusedException("no");

        assertThat(Stages.cause(refusal)).isSameAs(refusal);
        assertThat(Stages.cause(new CompletionException(refusal))).isSameAs(refusal);
        assertThat(Stages.cause(new ExecutionException(new CompletionException(refusal))))
                .isSameAs(refusal);
    }

    @Test
    void otherExceptionsAreKept() {
        IllegalStateException own = new IllegalStateException(new RefusedException("no"));
        CompletionException empty = new CompletionException(null);

        assertThat(Stages.cause(own)).isSameAs(own);
        assertThat(Stages.cause(empty)).isSameAs(empty);
    }

    @Test
    void aCircleHasAnEnd() {
        CompletionException one = new CompletionException("one") {};
        CompletionException two = new CompletionException(one);
        one.initCause(two);

        assertThat(Stages.cause(one)).isIn(one, two);
    }
}
