package io.everwire;

import java.util.Objects;

/** A request that was rejected before a connection was opened; see {@link EngineServer#onConnectionError}. Immutable. */
public final class ConnectionError {
    private final RequestHead request;
    private final String generation;
    private final Refusal refusal;
    private final String message;

    private ConnectionError(RequestHead request, String generation, Refusal refusal, String message) {
        this.request = Objects.requireNonNull(request);
        this.generation = Objects.requireNonNull(generation);
        this.refusal = Objects.requireNonNull(refusal);
        this.message = Objects.requireNonNull(message);
    }

    /** Creates an error, for example to test a listener. */
    public static ConnectionError of(RequestHead request, String generation, Refusal refusal, String message) {
        return new ConnectionError(request, generation, refusal, message);
    }

    /** Returns the request. */
    public RequestHead request() {
        return request;
    }

    /** Returns the wire generation of the request: {@code gen0}, {@code gen1}, {@code eio3} or {@code eio4}. */
    public String generation() {
        return generation;
    }

    /** Returns the reason. */
    public Refusal refusal() {
        return refusal;
    }

    /** Returns the message of the application, or the name of the reason. */
    public String message() {
        return message;
    }

    /** Returns the error code of the Node server (engine.io 6.6). A server that is full or closing has none there; it is 3 here. */
    public int code() {
        return switch (refusal) {
            case UNKNOWN_TRANSPORT -> 0;
            case UNKNOWN_SESSION -> 1;
            case BAD_METHOD -> 2;
            case BAD_REQUEST, OVERLOADED -> 3;
            case FORBIDDEN -> 4;
            case UNSUPPORTED_VERSION -> 5;
        };
    }

    @Override
    public String toString() {
        return generation + " " + refusal + ": " + message;
    }
}
