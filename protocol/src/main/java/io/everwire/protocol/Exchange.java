package io.everwire.protocol;

/**
 * One HTTP request that awaits its answer. Implemented by hosts; sessions call it from inside one of their own methods.
 *
 * <p>It is answered at most once: whole by {@link #reply}, piece by piece between {@link #start} and {@link #finish}, or
 * not at all by {@link #drop}; afterwards every further call is ignored. If the
 * peer goes away before the answer is complete, the session is told once ({@link Session#gone}) and calls are ignored
 * from then on.
 */
public interface Exchange {
    /** What was asked. */
    RequestHead head();

    /**
     * Adds a header to whatever answer will be given, in place of the answer's own of that name, but for {@code Set-Cookie} and
     * {@code Vary}. The engine uses it for CORS, cookies and what the application adds.
     */
    void header(String name, String value);

    /**
     * Asks for the body. The session then hears exactly one of {@link Session#body}, {@link Session#oversized} (as soon
     * as more than {@code limit} bytes are announced or have arrived) and {@link Session#gone}, after the current call
     * returned. Called at most once; without it the body is read and forgotten.
     *
     * @param limit the largest body accepted, in bytes
     */
    void readBody(int limit);

    /** Answers. */
    void reply(Response response);

    /**
     * Begins an answer whose end is not known: status, headers and a first piece of the body, which leave at once. The body
     * is chunked, or ends with the connection where HTTP/1.0 knows nothing better. If the request has a body that was not
     * asked for by now, it is read past.
     */
    void start(Response beginning);

    /** Writes the next piece of the body, as a chunk of its own. Ignored unless started and not finished. */
    void write(Bytes piece);

    /** Ends the body. Ignored unless started. */
    void finish();

    /** Whether what was written so far left the process, or nearly, as {@link WebSocketLine#writable}. */
    boolean writable();

    /**
     * Closes the connection without a byte: the refusal of 2010, when clients took every answer for data. An answer that has
     * started breaks off.
     */
    void drop();
}
