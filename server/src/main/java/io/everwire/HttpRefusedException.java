package io.everwire;

/** Thrown by {@link EngineMiddleware} to answer a request itself. Carries no stack trace: it tells of the client. */
public final class HttpRefusedException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status the HTTP status code, 400 to 599
     * @param text the body, sent as {@code text/plain}
     * @throws IllegalArgumentException if the status is another
     */
    public HttpRefusedException(int status, String text) {
        super(text, true);
        Preconditions.range("status", status, 400, 599);
        this.status = status;
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }
}
