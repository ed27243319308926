package io.everwire.protocol;

/**
 * One HTTP request that awaits its response. Implemented by hosts; sessions call it from inside one of their own
 * methods.
 *
 * <p>It is answered at most once: in full by {@link #reply}, in pieces between {@link #start} and {@link #finish}, or
 * not at all by {@link #drop}. Every later call is ignored.
 *
 * <p>If the peer disconnects before the response is complete, {@link Session#gone} is called once, as soon as the host
 * learns of it, and calls are ignored from then on. Many hosts learn of it only when they read or write: they report
 * the end of a waiting poll late or never, so sessions must not rely on it but on their heartbeats.
 */
public interface Exchange {
    /** Returns the head of the request. */
    RequestHead head();

    /**
     * Adds a header to the response, whichever it is. It replaces the response's own header of that name, except for
     * {@code Set-Cookie} and {@code Vary}, which are added. The engine uses it for CORS, cookies and headers of the
     * application.
     */
    void header(String name, String value);

    /**
     * Asks for the body. Afterwards exactly one of {@link Session#body}, {@link Session#oversized} and {@link
     * Session#gone} is called, never before the current call returned. {@code oversized} is called as soon as more than
     * {@code limit} bytes are announced or have arrived. Called at most once; without it the body is read and
     * discarded.
     *
     * @param limit the largest body accepted, in bytes
     */
    void readBody(int limit);

    /** Sends a whole response. */
    void reply(Response response);

    /**
     * Begins a response of unknown length: status, headers and a first piece of the body, which are sent at once. The
     * body is chunked, or ends with the connection if the peer speaks HTTP/1.0. A request body that was not asked for
     * by now is read and discarded.
     */
    void start(Response beginning);

    /** Writes the next piece of the body as a chunk of its own. Ignored unless started and not finished. */
    void write(Bytes piece);

    /** Ends the body. Ignored unless started. */
    void finish();

    /**
     * Returns whether the bytes written so far left the process, or nearly all of them, as {@link
     * WebSocketLine#writable}.
     */
    boolean writable();

    /**
     * Closes the connection without a byte. The 0.6 clients take every response for data, so this is how they are
     * rejected. A response that has started is cut off.
     *
     * <p>A host that cannot close a connection sends as little as possible instead: status 400 without a body and with
     * {@code Connection: close}; a response that has started ends.
     */
    void drop();
}
