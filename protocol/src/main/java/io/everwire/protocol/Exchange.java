package io.everwire.protocol;

/**
 * One HTTP request that awaits its answer. Implemented by hosts; sessions call it from inside one of their own methods.
 *
 * <p>It is answered at most once, by {@link #reply} or {@link #drop}; afterwards every further call is ignored. If the
 * peer goes away before the answer is complete, the session is told once ({@link Session#gone}) and calls are ignored
 * from then on.
 */
public interface Exchange {
    /** What was asked. */
    RequestHead head();

    /** Adds a header to whatever answer will be given. The engine uses it for CORS and cookies. */
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

    /** Closes the connection without a byte: the refusal of 2010, when clients took every answer for data. */
    void drop();
}
