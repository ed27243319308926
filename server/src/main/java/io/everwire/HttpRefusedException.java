package io.everwire;

/** Thrown by {@link EngineMiddleware} to reject a request with an HTTP response. It has no stack trace. */
public final class HttpRefusedException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status the HTTP status code, 400 to 599
     * @param text the body, sent as {@code text/plain}
     * @throws IllegalArgumentException if the status is out of range
     */
    public HttpRefusedException(int status, String text) {
        super(text, true);
        Preconditions.range("status", status, 400, 599);
        this.status = status;
    }

    /** Returns the HTTP status code. */
    public int status() {
        return status;
    }
}
