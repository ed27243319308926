package io.everwire.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The copy of an exception for the log: the class and the stack trace of the original, and its message, sanitized, because a message
 * may contain text that a client sent. The same holds for its causes and its suppressed exceptions. Its size is limited.
 */
public final class SanitizedFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Messages of exceptions explain more than a text of a client. */
    private static final int MAX_MESSAGE = 1_000;

    /** Enough to see where a stack overflow repeats itself. */
    private static final int MAX_FRAMES = 100;

    /** The causes of a cause, one in another. */
    private static final int MAX_DEPTH = 8;

    private static final int MAX_SUPPRESSED = 3;

    private SanitizedFailure(String shown) {
        super(shown);
    }

    /** Returns a copy of {@code failure}; its message begins with the name of the class. */
    public static SanitizedFailure of(Throwable failure) {
        return of(failure, MAX_DEPTH);
    }

    private static SanitizedFailure of(Throwable failure, int depth) {
        SanitizedFailure copy = new SanitizedFailure(failure.getClass().getName() + message(failure));
        StackTraceElement[] frames = failure.getStackTrace();
        copy.setStackTrace(frames.length > MAX_FRAMES ? Arrays.copyOf(frames, MAX_FRAMES) : frames);
        Throwable cause = failure.getCause();
        if (depth > 0 && cause != null && cause != failure) {
            copy.initCause(of(cause, depth - 1));
        }
        Throwable[] suppressed = failure.getSuppressed();
        for (int i = 0; depth > 0 && i < Math.min(suppressed.length, MAX_SUPPRESSED); i++) {
            // Without their own causes: a tree of them could be large.
            copy.addSuppressed(of(suppressed[i], 0));
        }
        return copy;
    }

    private static String message(Throwable failure) {
        String text;
        try {
            text = failure.getLocalizedMessage();
        } catch (RuntimeException | StackOverflowError e) {
            return " (its message could not be read)";
        }
        return text == null ? "" : ": " + LogSanitizer.of(text, MAX_MESSAGE);
    }

    /** Its stack trace is that of the original. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** Returns the text of the original, so that a printed stack trace looks like that of the original. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // The message holds the name of the original class already.
    public @Nullable String toString() {
        return getMessage();
    }
}
