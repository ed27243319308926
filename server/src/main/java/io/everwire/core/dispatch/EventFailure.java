package io.everwire.core.dispatch;

import io.everwire.BadArgumentsException;
import io.everwire.RefusedException;
import io.everwire.ServerObserver.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The failure of a handler or of middleware, whether it was thrown or is the result of a stage.
 *
 * @param cause the exception of the application
 * @param error the value of the ack
 */
record EventFailure(Throwable cause, Outcome outcome, Map<String, Object> error) {
    /** @param unexpected the message for the client if the application did not choose one */
    static EventFailure of(Throwable failure, String unexpected) {
        Throwable cause = Stages.cause(failure);
        if (cause instanceof RefusedException refusal) {
            Map<String, Object> error = describe("refused", String.valueOf(refusal.getMessage()));
            if (refusal.data() != null) {
                error.put("data", refusal.data());
            }
            return new EventFailure(cause, Outcome.REFUSED, error);
        }
        if (cause instanceof BadArgumentsException bad) {
            Map<String, Object> error = describe("bad_arguments", String.valueOf(bad.getMessage()));
            if (bad.data() != null) {
                error.put("data", bad.data());
            }
            return new EventFailure(cause, Outcome.BAD_ARGUMENTS, error);
        }
        return new EventFailure(cause, Outcome.FAILED, describe("failed", unexpected));
    }

    /** Returns whether the application chose the answer, so that it is no mistake to log. */
    boolean isAnswer() {
        return error.containsKey("data");
    }

    /** Returns the value of an ack that reports an error. */
    static Map<String, Object> describe(String code, String message) {
        Map<String, Object> error = new LinkedHashMap<>(4);
        error.put("error", code);
        error.put("message", message);
        return error;
    }
}
