package io.everwire.json;

/**
 * Thrown if a value cannot be written as JSON, or JSON does not fit the requested type. The message may name types of
 * the application.
 */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
