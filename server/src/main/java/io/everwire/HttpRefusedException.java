package io.everwire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Thrown by {@link RequestFilter} and {@link EngineMiddleware} to reject a request with an HTTP response. It has no stack trace. */
public final class HttpRefusedException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> headers = new ArrayList<>(2);

    /**
     * @param status the HTTP status code, 400 to 599
     * @param text the body, sent as {@code text/plain} unless a header says otherwise
     * @throws IllegalArgumentException if the status is out of range
     */
    public HttpRefusedException(int status, String text) {
        super(text, true);
        Preconditions.range("status", status, 400, 599);
        this.status = status;
    }

    /**
     * Adds a header, for example {@code WWW-Authenticate}. If the server cannot send it, the request is rejected as after any other
     * failure; see {@link ResponseHeaders#add}.
     *
     * @return this object
     */
    public HttpRefusedException header(String name, String value) {
        headers.add(name);
        headers.add(value);
        return this;
    }

    /** Returns the names and values of the headers in turn. */
    public List<String> headers() {
        return Collections.unmodifiableList(headers);
    }

    /** Returns the HTTP status code. */
    public int status() {
        return status;
    }
}
