package io.everwire.json;

/** A value cannot be written as JSON, or JSON does not fit the type asked for. The message may name types of the application. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
