package io.everwire.core.dispatch;

import io.everwire.BadArgumentsException;
import io.everwire.TypeToken;
import io.everwire.engine.SanitizedFailure;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON of clients as types of the application. */
public final class Binding {
    private Binding() {}

    /**
     * Reads a value.
     *
     * @param what names the value in the message for the client
     * @throws BadArgumentsException if the value does not fit the type
     */
    @SuppressWarnings("unchecked") // The codec returns the type of the token.
    public static <T> @Nullable T read(JsonCodec codec, Bytes json, TypeToken<T> type, String what) {
        try {
            return (T) codec.read(json.array(), json.offset(), json.end(), type.type(), List.of());
        } catch (RuntimeException | StackOverflowError e) {
            throw failed(what, e);
        }
    }

    /**
     * Returns the exception for a value that does not fit. Every failure is that of the client: not only codecs throw, but also the
     * classes that they call, for example for numbers that are out of range. The cause is sanitized, because it may contain text of
     * the client, and the application may log it.
     */
    static BadArgumentsException failed(String what, Throwable failure) {
        return new BadArgumentsException(what + " does not fit", SanitizedFailure.of(failure));
    }
}
